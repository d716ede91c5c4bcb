import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { serveBrowser, type BrowserHost } from '../../electron/host/browser.ts'
import { createTokenGate } from '../../electron/host/tokenGate.ts'
import { serveUpgrades } from '../../electron/host/upgrades.ts'
import { until } from '../until.ts'
import { openBench, type Bench } from './commandLine.ts'
import { connectPage } from './pageClient.ts'
import { sendRaw } from './rawHttp.ts'
import { sampleRouter } from './sampleRouter.ts'
import { TOKENS, textOf, visitWith, type Target } from './strangers.ts'
import { filesWith, processesWith } from './traces.ts'

/** Guesses under way at a time: below the host's own limit of connections. */
const AT_ONCE = 100

describe('guessing the token', () => {
  let folder: string
  let host: BrowserHost
  let nowMs = 1_700_000_000_000
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hygiene-'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html>')
    const clock = { nowMs: () => nowMs }
    host = await serveBrowser({ router: sampleRouter(), port: 0, assetsDir: folder, clock })
  })
  afterEach(async () => {
    await host.close()
    rmSync(folder, { recursive: true })
  })

  async function tryToken(token: string, port = host.port): Promise<number | null> {
    const target: Target = { port, token }
    return (await sendRaw(port, textOf(visitWith(), target))).status
  }

  /** Guesses and counts the answers by their status. */
  async function guess(count: number, port = host.port): Promise<Record<number, number>> {
    const counts: Record<number, number> = {}
    for (let from = 0; from < count; from += AT_ONCE) {
      const guesses = Array.from({ length: AT_ONCE }, (_, at) => tryToken(`guess-${from + at}`, port))
      for (const status of await Promise.all(guesses)) counts[status ?? 0] = (counts[status ?? 0] ?? 0) + 1
    }
    return counts
  }

  test('ten thousand times gets twenty tries and then a locked door, for a minute', async () => {
    expect(await guess(10_000)).toEqual({ 401: 20, 429: 9_980 })
    expect(await tryToken(host.token)).toBe(429)
    nowMs += 60_000
    expect(await tryToken(host.token)).toBe(101)
  }, 60_000)

  test('control: the same guesses at a door that forgets who guessed are all tried', async () => {
    const server = createServer()
    const sockets = new WebSocketServer({ noServer: true })
    const clock = { nowMs: () => nowMs }
    const gate = { token: '', judge: (shown: string) => createTokenGate(clock).judge(shown, '') }
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    serveUpgrades({ server, port, sockets, gate, onRefused: () => undefined })
    expect(await guess(1_000, port)).toEqual({ 401: 1_000 })
    server.close()
  })

  test('for an hour gets twenty tries a minute, of more tokens than there are atoms in the world', async () => {
    let tries = 0
    for (let minute = 0; minute < 60; minute += 1) {
      tries += (await guess(AT_ONCE))[401] ?? 0
      nowMs += 60_000
    }
    expect(tries).toBe(1_200)
    expect(Buffer.from(host.token, 'base64url')).toHaveLength(32)
  }, 60_000)

  test('is another token for every run', async () => {
    const clock = { nowMs: () => nowMs }
    const other = await serveBrowser({ router: sampleRouter(), port: 0, assetsDir: folder, clock })
    expect(other.token).not.toBe(host.token)
    expect(await tryToken(other.token)).toBe(401)
    await other.close()
  })

  test('does not lock out a page that is open', async () => {
    const page = await connectPage(host.url)
    await guess(200)
    expect(await (page.client as unknown as { echo: (input: string) => unknown }).echo('here')).toMatchObject(
      {
        input: 'here',
      },
    )
  })
})

describe('the token of a running console', () => {
  let bench: Bench
  beforeEach(() => {
    bench = openBench()
  })
  afterEach(() => bench.clear())

  const dataDir = (): string => join(bench.folder, 'data')
  const linkFiles = (): string[] =>
    readdirSync(bench.folder).filter((name) => /^intent-console-.*\.html$/.test(name))

  /** What a browser does that stays as long as its page is there. */
  const STAY = 'while [ -e "$1" ]; do sleep 0.05; done'

  /** Puts a browser of a few words of shell into the path, and a home into the scratch folder. */
  function installBrowser(script: string): void {
    const browser = join(bench.folder, 'xdg-open')
    writeFileSync(browser, `#!/bin/sh\n${script}\n`)
    chmodSync(browser, 0o755)
    bench.env['HOME'] = bench.folder
    bench.env['PATH'] = `${bench.folder}${delimiter}${process.env['PATH'] ?? ''}`
  }

  async function serveAndOpen(...args: string[]) {
    const running = bench.start('serve', '--host', 'browser', '--demo', '--data', dataDir(), ...args)
    await until('the ready line', () => running.stdout().includes('\n') || running.child.exitCode !== null)
    const url = /^ready (\S+)\n/.exec(running.stdout())?.[1]
    if (url === undefined) throw new Error(`no ready line: ${running.stderr()}`)
    return { ...running, url, token: new URL(url).hash.slice('#token='.length) }
  }

  test.skipIf(process.platform !== 'linux')(
    'stands in no process list while a browser is opened with it, and its file is private and soon gone (Linux)',
    async () => {
      const copy = join(bench.folder, 'what-the-browser-read')
      installBrowser(`cat "$1" > "${copy}.draft" && mv "${copy}.draft" "${copy}"; ${STAY}`)
      const { url, token, child, ended } = await serveAndOpen()
      await until('the browser', () => existsSync(copy))
      expect(readFileSync(copy, 'utf8')).toContain(`content="0; url=${url}"`)
      const [file = ''] = linkFiles()
      expect(statSync(join(bench.folder, file)).mode & 0o777).toBe(0o600)
      // The browser stands in the list, with the name of the file that it was given.
      expect(processesWith(file)).toHaveLength(1)
      expect(processesWith(token)).toEqual([])

      await connectPage(url)
      await until('the end of the link file', () => linkFiles().length === 0)
      child.kill('SIGTERM')
      expect((await ended).code).toBe(0)
    },
  )

  test.skipIf(process.platform !== 'linux')('would be found in the process list (Linux)', async () => {
    const secret = `control-${process.pid}-token`
    const stay = ['-e', 'setInterval(() => undefined, 1_000)']
    const careless = spawn(process.execPath, [...stay, `http://127.0.0.1:1/#token=${secret}`])
    const given = spawn(process.execPath, stay, { env: { ...process.env, LINK: secret } })
    await until('both', () => processesWith(secret).length === 2)
    careless.kill()
    given.kill()
  })

  test('leaves with its file when the console stops, or no browser can be opened', async () => {
    installBrowser(STAY)
    const first = await serveAndOpen()
    expect(linkFiles()).toHaveLength(1)
    first.child.kill('SIGTERM')
    expect((await first.ended).code).toBe(0)
    expect(linkFiles()).toEqual([])

    installBrowser('exit 3')
    const second = await serveAndOpen()
    await until('the sentence', () => second.stderr().includes('open the printed address yourself'))
    expect(linkFiles()).toEqual([])
    second.child.kill('SIGTERM')
    await second.ended
  })

  test('stands in no log and no file of the data folder, whatever was asked with it', async () => {
    const console = await bench.serve('--demo', '--data', dataDir(), '--log-level', 'debug')
    const { hash, port } = new URL(console.url)
    const target: Target = { port: Number(port), token: hash.slice('#token='.length) }
    await connectPage(console.url)
    const lines = ['GET /?token=', 'GET /rpc?token=', 'GET /', 'POST /'].map(
      (start) => `${start}${target.token} HTTP/1.1`,
    )
    for (const line of lines) {
      await sendRaw(target.port, `${line}\r\nHost: 127.0.0.1:${port}\r\nX-Token: ${target.token}\r\n\r\n`)
    }
    for (const token of TOKENS) await sendRaw(target.port, textOf(visitWith({ token }), target))
    console.child.kill('SIGTERM')
    const { stderr } = await console.ended
    expect(stderr).toContain('never stands in a query')
    expect(filesWith(dataDir(), 'never stands in a query')).not.toEqual([])
    expect(stderr).not.toContain(target.token)
    expect(filesWith(bench.folder, target.token)).toEqual([])

    writeFileSync(join(dataDir(), 'careless'), `GET /?token=${target.token}`)
    expect(filesWith(bench.folder, target.token)).toEqual([join(dataDir(), 'careless')])
  })
})
