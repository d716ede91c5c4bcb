import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openBench } from './commandLine.ts'
import type { Bench } from './commandLine.ts'

let bench: Bench
beforeEach(() => {
  bench = openBench()
})
afterEach(() => bench.clear())

const dataDir = (): string => join(bench.folder, 'data')
const linesOf = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)

function profileFile(profile: unknown): string {
  const file = join(bench.folder, 'profile.json')
  writeFileSync(file, typeof profile === 'string' ? profile : JSON.stringify(profile))
  return file
}

const goodProfile = {
  name: 'test',
  environment: 'staging',
  connections: [{ id: 'gone', system: 'fusion', url: 'http://127.0.0.1:9', credential: 'none' }],
}

describe('serve', () => {
  test('prints one ready line, keeps a private folder, answers readers beside it, and stops cleanly', async () => {
    const console = await bench.serve('--demo', '--seed', '3', '--rate', '20', '--data', dataDir())
    expect(console.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/)
    expect(statSync(dataDir()).mode & 0o777).toBe(0o700)
    expect((await fetch(console.url)).status).toBe(200)

    let found: unknown[] = []
    await vi.waitUntil(
      async () => {
        found = linesOf(
          (await bench.run('find', 'system:fusion', '--json', '--limit', '3', '--data', dataDir())).stdout,
        )
        return found.length === 3
      },
      { timeout: 15_000 },
    )
    const id = (found[0] as { id: string }).id
    const shown = await bench.run('show', id, '--json', '--data', dataDir())
    expect(shown.code).toBe(0)
    expect(JSON.parse(shown.stdout)).toMatchObject({ id, system: 'fusion', connection: 'demo-fusion' })
    expect((await bench.run('show', id, '--data', dataDir())).stdout).toContain('SEQ')

    const connections = linesOf((await bench.run('connections', '--json', '--data', dataDir())).stdout)
    expect(connections.find((one) => (one as { id: string }).id === 'demo-fusion')).toMatchObject({
      id: 'demo-fusion',
      presence: { state: 'live' },
      isHeldHere: false,
    })

    const second = await bench.run('serve', '--host', 'browser', '--no-open', '--demo', '--data', dataDir())
    expect([second.code, second.stdout]).toEqual([3, ''])
    expect(second.stderr).toContain(String(console.child.pid))

    console.child.kill('SIGTERM')
    const ended = await console.ended
    expect([ended.code, ended.stdout]).toEqual([0, `ready ${console.url}\n`])
    const log = readFileSync(join(dataDir(), 'logs', 'console.log'), 'utf8')
    expect(log + ended.stderr).not.toContain(new URL(console.url).hash.slice('#token='.length))

    const again = await bench.serve('--demo', '--data', dataDir())
    await vi.waitUntil(() => again.stderr().includes('The demo goes on with its story. seed=3 rate=20'), {
      timeout: 15_000,
    })
    again.child.kill('SIGINT')
    expect((await again.ended).code).toBe(0)
  }, 60_000)

  test('keeps the demo in a folder of its own, apart from the default one', async () => {
    const console = await bench.serve('--demo')
    expect(existsSync(join(bench.folder, 'share', 'intent-console', 'demo', 'console.db'))).toBe(true)
    expect(existsSync(join(bench.folder, 'share', 'intent-console', 'console.db'))).toBe(false)
    console.child.kill('SIGTERM')
    expect((await console.ended).code).toBe(0)
  })

  test('runs a profile whose systems are not there, and remembers it for the folder', async () => {
    const first = await bench.serve('--profile', profileFile(goodProfile), '--data', dataDir())
    first.child.kill('SIGTERM')
    expect((await first.ended).code).toBe(0)
    const second = await bench.serve('--data', dataDir())
    const [connection] = linesOf((await bench.run('connections', '--json', '--data', dataDir())).stdout)
    expect(connection).toMatchObject({ id: 'gone', url: 'http://127.0.0.1:9' })
    second.child.kill('SIGTERM')
    expect((await second.ended).code).toBe(0)
  })

  test('a port in use is one sentence with the port, and exit code 1; nothing stays behind', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const args = [
      'serve',
      '--host',
      'browser',
      '--no-open',
      '--data',
      dataDir(),
      '--profile',
      profileFile(goodProfile),
    ]
    const ended = await bench.run(...args, '--port', String(port), '--log-level', 'error')
    taken.close()
    expect([ended.code, ended.stdout]).toEqual([1, ''])
    expect(ended.stderr).toMatch(new RegExp(`^Port ${port} .*--port.*\\n$`))
    expect((await bench.run('doctor', '--json', '--data', dataDir())).stdout).toContain(
      '"name":"Lock","state":"good","text":"free"',
    )
  })

  test('says why there is no desktop window', async () => {
    const args = ['serve', '--host', 'desktop', '--no-open', '--demo', '--data', dataDir()]
    const running = bench.start(...args)
    await vi.waitUntil(() => running.stdout().startsWith('ready '), { timeout: 15_000 })
    expect(running.stderr()).toContain('needs the Electron runtime')
    running.child.kill('SIGTERM')
    expect((await running.ended).code).toBe(0)
  })
})

describe('wrong input', () => {
  test.each([
    ['no JSON', '{', /not JSON/],
    ['an unknown key', { ...goodProfile, colour: 'red' }, /colour/],
    [
      'an unknown key inside',
      { ...goodProfile, connections: [{ ...goodProfile.connections[0], key: 'x' }] },
      /connections\[0\]\.key/,
    ],
    [
      'an unknown setting',
      { ...goodProfile, connections: [{ ...goodProfile.connections[0], settings: { x: 1 } }] },
      /connections\[0\]\.settings\.x/,
    ],
    [
      'a credential in the file',
      { ...goodProfile, connections: [{ ...goodProfile.connections[0], credential: 'sk-1' }] },
      /credential/,
    ],
  ])('a profile with %s is refused by place, with exit code 2', async (_, profile, sentence) => {
    const ended = await bench.run(
      'serve',
      '--no-open',
      '--data',
      dataDir(),
      '--profile',
      profileFile(profile),
    )
    expect([ended.code, ended.stdout]).toEqual([2, ''])
    expect(ended.stderr).toMatch(sentence)
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(existsSync(dataDir())).toBe(false)
  })

  test.each(['find', 'show 0x123456', 'tail --once', 'connections', 'rebuild'])(
    '%s on a folder without a store is not found, exit code 3, and makes no folder',
    async (command) => {
      const ended = await bench.run(...command.split(' '), '--json', '--data', dataDir())
      expect(ended.code).toBe(3)
      expect(JSON.parse(ended.stdout)).toMatchObject({ code: 'not-found' })
      expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1)
      expect(existsSync(dataDir())).toBe(false)
    },
  )
})

describe('reading', () => {
  test('tail prints the journal, from where it is asked, and follows until it is told to stop', async () => {
    const console = await bench.serve('--demo', '--rate', '20', '--data', dataDir())
    const follower = bench.start('tail', '--json', '--from', '1', '--data', dataDir())
    await vi.waitUntil(() => linesOf(follower.stdout().replace(/[^\n]*$/, '')).length > 20, {
      timeout: 15_000,
    })
    follower.child.kill('SIGINT')
    const followed = await follower.ended
    expect(followed.code).toBe(0)
    const seqs = linesOf(followed.stdout).map((event) => (event as { seq: number }).seq)
    expect(seqs).toEqual(seqs.map((_, index) => index + 1))
    console.child.kill('SIGTERM')
    await console.ended

    const once = await bench.run('tail', '--once', '--json', '--from', '5', '--data', dataDir())
    expect([once.code, (linesOf(once.stdout)[0] as { seq: number }).seq]).toEqual([0, 5])
    const rebuilt = await bench.run('rebuild', '--json', '--data', dataDir())
    expect(JSON.parse(rebuilt.stdout)).toEqual({ eventCount: linesOf(once.stdout).length + 4 })
    const before = await bench.run('show', '0xffffffffffffffff', '--json', '--data', dataDir())
    expect([before.code, JSON.parse(before.stdout)]).toMatchObject([3, { code: 'not-found' }])
    const wrong = await bench.run('find', 'colour:red', '--json', '--data', dataDir())
    expect([wrong.code, JSON.parse(wrong.stdout)]).toMatchObject([2, { code: 'usage' }])
  }, 40_000)
})
