import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../until.ts'
import { Stage, type Scene } from './scene.ts'
import type { SystemBench } from './systemBench.ts'

const MIB = 2 ** 20

/** A reader that obeys may have taken this much, buffers on the way included, when it gives a body up. */
const TAKEN_AT_MOST = 48 * MIB

/** What the endless bodies end at, for readers that do not give up. */
const ENDLESS = 192 * MIB

/** Longest that one answer may take, milliseconds. */
const ANSWER_WITHIN_MS = 10_000

/** Writes a part again and again until the reader leaves; answers how many bytes it took off our hands. */
async function pour(response: ServerResponse, part: Buffer, most: number): Promise<number> {
  let taken = 0
  const left = new AbortController()
  response.on('error', () => undefined)
  response.once('close', () => {
    left.abort()
  })
  while (taken < most && !left.signal.aborted) {
    taken += part.length
    if (!response.write(part)) await once(response, 'drain', { signal: left.signal }).catch(() => undefined)
  }
  response.end()
  return taken
}

/** Answers over REST that are late, long, elsewhere or not to be had now. */
export function readings(bench: SystemBench): void {
  const stage = new Stage(bench)
  const servers: Server[] = []
  afterEach(async () => {
    await stage.close()
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })

  /** Lets the readings that begin with a connection end, so that the test's own is the only one. */
  async function quiet(): Promise<Scene> {
    const scene = await stage.hearing()
    let seen = -1
    await until('the first readings', async () => {
      const before = seen
      seen = scene.fake.reads().length
      await new Promise((resolve) => setImmediate(resolve))
      return seen > 0 && seen === before
    })
    return scene
  }

  function readCount({ fake }: Scene): number {
    return fake.reads().filter((path) => path.includes(bench.readPath)).length
  }

  describe('a pause that a server asks for', () => {
    const inTwoMinutes = ({ clock }: Scene): string => new Date(clock.nowMs() + 120_000).toUTCString()
    const forms: [string, (scene: Scene) => string | null, number][] = [
      ['seconds', () => '90', 90_000],
      ['an HTTP date', inTwoMinutes, 119_000],
      ['nothing', () => null, 1_000],
      ['a negative number', () => '-5', 1_000],
      ['ages', () => '1e9', 15 * 60_000],
      ['ages in digits', () => '1000000000', 15 * 60_000],
      ['garbage', () => 'soon, I hope', 1_000],
    ]
    it.each(forms)('as %s is kept, shown, and ends', async (_, form, leastMs) => {
      const scene = await quiet()
      const { fake, desk, clock } = scene
      const header = form(scene)
      fake.answerRest = (_request, response) => {
        response.writeHead(429, header === null ? {} : { 'retry-after': header }).end()
      }
      const before = readCount(scene)
      await expect(desk.link?.reread(bench.id)).rejects.toMatchObject({ code: 'upstream' })
      const untilMs = desk.presences.at(-1)?.pausedUntilMs ?? 0
      expect(untilMs).toBeGreaterThanOrEqual(clock.nowMs() + leastMs)
      expect(untilMs).toBeLessThanOrEqual(clock.nowMs() + 15 * 60_000)
      expect(desk.state()).toBe('live')

      fake.answerRest = null
      for (let ask = 0; ask < 3; ask += 1) {
        await expect(desk.link?.reread(bench.id)).rejects.toThrow('pause')
      }
      expect(readCount(scene)).toBe(before + 1)
      clock.advance(untilMs - clock.nowMs() - 1)
      expect(readCount(scene)).toBe(before + 1)
      clock.advance(1)
      await desk.link?.reread(bench.id)
      expect(readCount(scene)).toBeGreaterThanOrEqual(before + 2)
    })

    it('holds up no other server', async () => {
      const [paused, other] = [await quiet(), await quiet()]
      paused.fake.answerRest = (_, response) => response.writeHead(503, { 'retry-after': '60' }).end()
      await expect(paused.desk.link?.reread(bench.id)).rejects.toThrow('pause of 60 s')
      await other.desk.link?.reread(bench.id)
      expect(other.desk.presences.at(-1)?.pausedUntilMs ?? null).toBeNull()
    })
  })

  describe('a redirect', () => {
    it('is not followed, neither by a reading nor by a handshake: the other place hears nothing', async () => {
      const heard: string[] = []
      const elsewhere = createServer((request, response) => {
        heard.push(request.url ?? '')
        response.end('{}')
      })
      servers.push(elsewhere)
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
      const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`
      const scene = await quiet()
      const { fake, desk } = scene
      for (const status of [301, 302, 303, 307, 308]) {
        fake.answerRest = (_, response) => response.writeHead(status, { location }).end()
        await expect(desk.link?.reread(bench.id)).rejects.toThrow('redirects')
      }
      fake.answerHandshake = `HTTP/1.1 302 Found\r\nlocation: ${location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`
      await stage.lose(scene)
      desk.link?.reconnectNow()
      await until('the refusal', () => desk.state() === 'refused')
      expect(desk.presences.at(-1)?.reason).toContain('redirects')
      expect(heard).toEqual([])

      // Control: a reader that follows does reach the other place, with whatever it carries.
      fake.answerRest = (_, response) => response.writeHead(302, { location }).end()
      await fetch(`${fake.url}${bench.readPath}control`)
      expect(heard).toEqual(['/'])
    })
  })

  describe('a body', () => {
    const spaces = Buffer.alloc(MIB, ' ')
    const bodies: [string, Buffer, Record<string, string>][] = [
      ['without end', spaces, {}],
      ['that unpacks without end', gzipSync(spaces), { 'content-encoding': 'gzip' }],
      ['of 192 MiB of JSON', Buffer.alloc(MIB, '[1],'), { 'content-length': String(ENDLESS) }],
    ]
    it.each(bodies)('%s is given up at the bound', async (_, part, headers) => {
      const { fake, desk } = await quiet()
      let taken: Promise<number> = Promise.resolve(0)
      fake.answerRest = (_request, response) => {
        response.writeHead(200, headers)
        taken = pour(response, part, 'content-length' in headers ? ENDLESS : Infinity)
      }
      await expect(desk.link?.reread(bench.id)).rejects.toThrow('more than 8 MiB')
      expect(await taken).toBeLessThan(TAKEN_AT_MOST)
      expect(desk.state()).toBe('live')
    })

    it('control: a reader without a bound takes all of it', async () => {
      const { fake } = await quiet()
      let taken: Promise<number> = Promise.resolve(0)
      fake.answerRest = (_, response) => {
        taken = pour(response, spaces, ENDLESS)
      }
      await (await fetch(`${fake.url}${bench.readPath}control`)).text()
      expect(await taken).toBe(ENDLESS)
    })

    it('of one byte a second is given up in time, and readings do not pile up behind it', async () => {
      const scene = await quiet()
      const { fake, desk, clock } = scene
      let [openCount, most] = [0, 0]
      fake.answerRest = (_, response) => {
        openCount += 1
        most = Math.max(most, openCount)
        response.on('close', () => (openCount -= 1))
        response.writeHead(200).write('{')
        let cancel = (): void => undefined
        const drip = (): void => {
          response.write(' ')
          cancel = clock.after(1_000, drip)
        }
        drip()
        response.on('close', () => {
          cancel()
        })
      }
      const before = readCount(scene)
      const reading = expect(desk.link?.reread(bench.id)).rejects.toMatchObject({ isRetryable: true })
      await until('the question', () => readCount(scene) > before)
      // What is pushed comes all the same; where nothing is, nothing else is heard meanwhile.
      for (let n = 1; n <= 50; n += 1) fake.sayGood(n)
      await until(
        'the events',
        () => bench.askedIdOf !== undefined || desk.events.some((event) => bench.isGood(event, 50)),
      )
      for (let second = 0; second < ANSWER_WITHIN_MS / 1_000; second += 1) {
        clock.advance(1_000)
        await new Promise((resolve) => setImmediate(resolve))
      }
      await reading
      expect(most).toBeLessThanOrEqual(8)
    })
  })
}
