import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { serveBrowser, type BrowserHost } from '../../electron/host/browser.ts'
import { until } from '../until.ts'
import { openBench, type Bench } from './commandLine.ts'
import { sendRaw } from './rawHttp.ts'
import { sampleRouter } from './sampleRouter.ts'
import { allVisits, nameOf, textOf, visitWith, type Target } from './strangers.ts'

/** Requests under way at a time: below the host's own limit of connections. */
const AT_ONCE = 50

let folder: string
let host: BrowserHost
let nowMs = 1_700_000_000_000

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strangers-'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  host = await serveBrowser({
    router: sampleRouter(),
    port: 0,
    assetsDir: folder,
    clock: { nowMs: () => nowMs },
  })
})
afterAll(async () => {
  await host.close()
  rmSync(folder, { recursive: true })
})

/** Statuses that the visits got, each with its visit in words; a lockout is waited out, since it is not what is asked here. */
async function statuses(target: Target, change: (text: string) => string = (text) => text) {
  const visits = allVisits()
  const found: { name: string; status: number | null }[] = []
  for (let from = 0; from < visits.length; from += AT_ONCE) {
    nowMs += 60_000
    const answers = visits.slice(from, from + AT_ONCE).map(async (visit) => {
      const { status } = await sendRaw(target.port, change(textOf(visit, target)))
      return { name: nameOf(visit), status }
    })
    found.push(...(await Promise.all(answers)))
  }
  return found
}

const GOOD = nameOf(visitWith())

describe('of all that may ask for a socket', () => {
  test('only the page of the console gets one, and nobody else an answer worth reading', async () => {
    const found = await statuses(host)
    expect(found.length).toBeGreaterThan(2_500)
    expect(found.filter(({ status }) => status === 101)).toEqual([{ name: GOOD, status: 101 }])
    const others = new Set(found.filter(({ name }) => name !== GOOD).map(({ status }) => status))
    expect([...others].sort()).toEqual([400, 401, 403, 404])
  }, 120_000)

  test('the same look would notice a host to which a missing origin is as good as ours', async () => {
    const lenient = (text: string): string =>
      text.includes('\r\nOrigin:')
        ? text
        : text.replace('\r\nConnection:', `\r\nOrigin: http://127.0.0.1:${host.port}\r\nConnection:`)
    const found = await statuses(host, lenient)
    const passed = found.filter(({ status }) => status === 101).map(({ name }) => name)
    expect(passed).toEqual([GOOD, GOOD.replace('origin good', 'origin missing')])
  }, 120_000)
})

test.each(['POST / HTTP/1.1', 'POST /rpc HTTP/1.1', 'PUT /settings HTTP/1.1'])(
  '%s from a stranger is refused before any of its body is read',
  async (line) => {
    const socket = connect(host.port, '127.0.0.1')
    await once(socket, 'connect')
    // The body that is announced never comes: a host that waits for it would not answer.
    socket.write(`${line}\r\nHost: evil.test:${host.port}\r\nContent-Length: 1000000\r\n\r\n`)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 403 /)
    socket.destroy()
  },
)

test.each(['/?token=', '/intents?x=1&token=', '/assets/index.js?token='])(
  'a link with a token in its query (%s) is refused, and says how to do it',
  async (path) => {
    const text = `GET ${path}${host.token} HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\n\r\n`
    const { status, body } = await sendRaw(host.port, text)
    expect(status).toBe(403)
    expect(body).toContain('never stands in a query')
    expect(body).not.toContain(host.token)
  },
)

/** Addresses that a process listens on, as the system itself lists them. */
function listeningAddresses(pid: number): string[] {
  const table = execFileSync('ss', ['-H', '-l', '-t', '-n', '-p'], { encoding: 'utf8' })
  return table
    .split('\n')
    .filter((line) => line.includes(`pid=${pid},`))
    .map((line) => line.trim().split(/\s+/)[3] ?? '')
}

describe('what the whole console listens on', () => {
  const hasSs = ['/usr/bin/ss', '/bin/ss', '/usr/sbin/ss', '/sbin/ss'].some((file) => existsSync(file))
  let bench: Bench | null = null
  afterEach(async () => {
    await bench?.clear()
    bench = null
  })
  const mayLack = process.platform !== 'linux' || (process.env['CI'] !== 'true' && process.getuid?.() !== 0)

  test.skipIf(!hasSs && mayLack)('is 127.0.0.1 and nothing else (needs `ss` of iproute2)', async () => {
    bench = openBench()
    const { child } = await bench.serve('--demo', '--data', join(bench.folder, 'data'))
    const addresses = await until('its sockets', () => {
      const found = listeningAddresses(child.pid ?? 0)
      // The page and the sandbox of the demo.
      return found.length > 1 && found
    })
    expect(addresses).toSatisfy((all: string[]) => all.every((one) => /^127\.0\.0\.1:\d+$/.test(one)))
  })

  test.skipIf(!hasSs && mayLack)('would be seen if it were more (needs `ss` of iproute2)', async () => {
    const script = "require('net').createServer().listen(0, '0.0.0.0', () => console.log('open'))"
    const open: ChildProcess = spawn(process.execPath, ['-e', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    if (open.stdout !== null) await once(open.stdout, 'data')
    const addresses = listeningAddresses(open.pid ?? 0)
    open.kill()
    expect(addresses).toEqual([expect.stringMatching(/^0\.0\.0\.0:\d+$/)])
  })
})
