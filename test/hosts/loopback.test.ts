import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { serveBrowser } from '../../electron/host/browser.ts'
import type { BrowserHost } from '../../electron/host/browser.ts'
import { SUBPROTOCOL } from '../../shared/api/contract.ts'
import { requestText, sendRaw } from './rawHttp.ts'
import { sampleRouter } from './sampleRouter.ts'
import { openSocketStation } from './stations.ts'
import { HOSTS, ORIGINS, textOf, visitWith } from './strangers.ts'

let host: BrowserHost
let folder: string
let nowMs = 1_700_000_000_000
const refused: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loopback-'))
  const assetsDir = join(folder, 'page')
  mkdirSync(join(assetsDir, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.js'), 'outside')
  writeFileSync(join(assetsDir, 'index.html'), '<meta name="style-nonce" content="__STYLE_NONCE__">')
  writeFileSync(join(assetsDir, 'assets', 'index-1.js'), 'inside')
  writeFileSync(join(assetsDir, 'assets', 'key.pem'), 'not of the page')
  symlinkSync(join(folder, 'secret.js'), join(assetsDir, 'assets', 'link.js'))
  host = await serveBrowser({
    router: sampleRouter(),
    port: 0,
    assetsDir,
    clock: { nowMs: () => nowMs },
    onRefused: (sentence) => refused.push(sentence),
  })
})

afterAll(async () => {
  await host.close()
  rmSync(folder, { recursive: true })
})

const good = (): string => `127.0.0.1:${host.port}`
const origin = (): string => `http://${good()}`

interface Shown {
  line?: string
  hosts?: string[]
  origins?: string[]
  more?: [string, string][]
}

/** A page's upgrade, but for an origin or a token of one's own. */
function upgradeText({ from, token }: { from?: string; token?: string } = {}): string {
  const given = { name: 'given', isGood: false }
  return textOf(
    visitWith({
      ...(from === undefined ? {} : { origin: { ...given, values: () => [from] } }),
      ...(token === undefined ? {} : { token: { ...given, values: () => `${SUBPROTOCOL}, token.${token}` } }),
    }),
    host,
  )
}

function pageText(shown: Shown = {}): string {
  const { hosts = [good()], origins = [] } = shown
  return requestText(shown.line ?? 'GET / HTTP/1.1', [
    ...hosts.map((value): [string, string] => ['Host', value]),
    ...origins.map((value): [string, string] => ['Origin', value]),
    ...(shown.more ?? []),
  ])
}

describe('the socket', () => {
  test('opens for our page with the token, and says which protocol it speaks', async () => {
    const answer = await sendRaw(host.port, upgradeText())
    expect(answer.status).toBe(101)
    expect(answer.head.toLowerCase()).toContain('sec-websocket-protocol: intent-console.v1')
    expect(answer.head).not.toContain(host.token)
  })

  test('locks a source out after 20 different wrong tokens, also with the right one, for a minute', async () => {
    const guess = (token: string) => sendRaw(host.port, upgradeText({ token }))
    nowMs += 60_000
    for (let index = 0; index < 20; index += 1) expect((await guess(`guess${index}`)).status).toBe(401)
    const locked = await sendRaw(host.port, upgradeText())
    expect(locked.status).toBe(429)
    expect(locked.head).toContain('retry-after: 60')
    nowMs += 59_999
    expect((await guess(host.token)).status).toBe(429)
    nowMs += 1
    expect((await guess(host.token)).status).toBe(101)
  })

  test('is not closed to a new tab by an old one that keeps showing the token of the last run', async () => {
    const old = { token: 'of-the-last-run' }
    for (let attempt = 0; attempt < 30; attempt += 1) {
      expect((await sendRaw(host.port, upgradeText(old))).status).toBe(401)
    }
    expect((await sendRaw(host.port, upgradeText())).status).toBe(101)
  })

  test('does not count guesses of strangers against the operator', async () => {
    for (let guess = 0; guess < 30; guess += 1) {
      const shown = { from: 'http://evil.test', token: `guess${guess}` }
      expect((await sendRaw(host.port, upgradeText(shown))).status).toBe(403)
    }
    expect((await sendRaw(host.port, upgradeText())).status).toBe(101)
  })

  test('tells of every refusal in a sentence without the token', () => {
    expect(refused.length).toBeGreaterThan(50)
    expect(refused.join('\n')).not.toContain(host.token)
  })
})

describe('the page', () => {
  test('is served to the good address, with a policy and a fresh nonce', async () => {
    const first = await sendRaw(host.port, pageText())
    const second = await sendRaw(
      host.port,
      pageText({ line: 'GET /intents/0x12 HTTP/1.1', origins: [origin()] }),
    )
    expect([first.status, second.status]).toEqual([200, 200])
    const nonces = [first, second].map(({ body }) => /content="([^"]+)"/.exec(body)?.[1] ?? '')
    expect(nonces[0]).toMatch(/^[A-Za-z0-9+/]{22}==$/)
    expect(nonces[0]).not.toBe(nonces[1])
    expect(first.head).toContain(`'nonce-${nonces[0] ?? ''}'`)
    expect(first.head).not.toContain('unsafe')
    expect(first.head).toContain(`connect-src ws://${good()} ${origin()};`)
    expect(first.head).toContain("frame-ancestors 'none'")
    expect(first.head).toContain('cache-control: no-store')
    expect(first.head).toContain('x-content-type-options: nosniff')
    expect(first.head).not.toContain(host.token)
    expect(first.body).not.toContain(host.token)
  })

  test.each(['/intents/test.eu%3A0x12', '/intents/test.eu:0x12', '/intents/test.eu%3A0x12/'])(
    'is served at %s, where a connection has a dot in its name',
    async (path) => {
      const { status, head } = await sendRaw(host.port, pageText({ line: `GET ${path} HTTP/1.1` }))
      expect(status).toBe(200)
      expect(head).toContain('text/html')
    },
  )

  test('serves its files, and HEAD without a body', async () => {
    const file = await sendRaw(host.port, pageText({ line: 'GET /assets/index-1.js?v=1 HTTP/1.1' }))
    expect(file).toMatchObject({ status: 200, body: 'inside' })
    expect(file.head).toContain('text/javascript')
    const head = await fetch(`${origin()}/assets/index-1.js`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '6', ''])
  })

  test.each(HOSTS.slice(1))('is refused for the host: $name', async ({ values }) => {
    const { status, body } = await sendRaw(host.port, pageText({ hosts: values(host) }))
    expect([400, 403]).toContain(status)
    expect(body).not.toContain('style-nonce')
  })

  test('is refused without a host in the old protocol too', async () => {
    expect((await sendRaw(host.port, 'GET / HTTP/1.0\r\n\r\n')).status).toBe(403)
  })

  test.each(ORIGINS.filter(({ name, isGood }) => !isGood && name !== 'missing'))(
    'is refused for the origin: $name',
    async ({ values }) => {
      expect((await sendRaw(host.port, pageText({ origins: values(host) }))).status).toBe(403)
    },
  )

  test.each([
    ['an absolute address', () => ({ line: `GET ${origin()}/ HTTP/1.1` }), 403],
    [
      'another page that loads a part',
      () => ({
        more: [
          ['Sec-Fetch-Site', 'same-site'],
          ['Sec-Fetch-Dest', 'script'],
        ],
      }),
      403,
    ],
    [
      'a frame elsewhere',
      () => ({
        more: [
          ['Sec-Fetch-Site', 'cross-site'],
          ['Sec-Fetch-Dest', 'iframe'],
        ],
      }),
      403,
    ],
    ['POST', () => ({ line: 'POST / HTTP/1.1' }), 405],
    ['PUT', () => ({ line: 'PUT /assets/index-1.js HTTP/1.1' }), 405],
    ['OPTIONS', () => ({ line: 'OPTIONS / HTTP/1.1' }), 405],
    ['a star', () => ({ line: 'OPTIONS * HTTP/1.1' }), 403],
    ['a body', () => ({ more: [['Content-Length', '9999999999']] }), 400],
    ['a body in pieces', () => ({ more: [['Transfer-Encoding', 'chunked']] }), 400],
    [
      'a body that waits to be invited',
      () => ({
        more: [
          ['Content-Length', '9'],
          ['Expect', '100-continue'],
        ],
      }),
      400,
    ],
    ['the way up', () => ({ line: 'GET /../secret.js HTTP/1.1' }), 404],
    ['the way up, escaped', () => ({ line: 'GET /%2e%2e/secret.js HTTP/1.1' }), 404],
    ['the way up, escaped twice', () => ({ line: 'GET /%252e%252e/secret.js HTTP/1.1' }), 404],
    ['the way up, with a backslash', () => ({ line: 'GET /..\\secret.js HTTP/1.1' }), 404],
    ['a double slash', () => ({ line: 'GET //secret.js HTTP/1.1' }), 404],
    ['a NUL', () => ({ line: 'GET /assets/index-1.js%00.png HTTP/1.1' }), 404],
    ['a hidden file', () => ({ line: 'GET /.env HTTP/1.1' }), 404],
    ['a link out of the folder', () => ({ line: 'GET /assets/link.js HTTP/1.1' }), 404],
    ['a kind that is not of the page', () => ({ line: 'GET /assets/key.pem HTTP/1.1' }), 404],
    ['a folder', () => ({ line: 'GET /assets.js/ HTTP/1.1' }), 404],
    ['a file that is not there', () => ({ line: 'GET /assets/none.js HTTP/1.1' }), 404],
  ] as [string, () => Shown, number][])('is refused for %s', async (_, shown, status) => {
    const answer = await sendRaw(host.port, pageText(shown()))
    expect(answer.status).toBe(status)
    expect(answer.head).toContain('connection: close')
    expect(answer.body).not.toMatch(/outside|style-nonce/)
  })

  test('comes to one who follows a link from elsewhere', async () => {
    const more: [string, string][] = [
      ['Sec-Fetch-Site', 'cross-site'],
      ['Sec-Fetch-Dest', 'document'],
    ]
    expect((await sendRaw(host.port, pageText({ more }))).status).toBe(200)
  })
})

test('nothing listens on another address of this machine', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address)
    .filter((address) => address !== '127.0.0.1' && !address.startsWith('fe80'))
  for (const address of ['127.0.0.2', ...others]) {
    await expect(sendRaw(host.port, pageText(), address)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  }
})

test('a port in use is a failure that names it', async () => {
  const again = serveBrowser({
    router: sampleRouter(),
    port: host.port,
    assetsDir: join(folder, 'page'),
    clock: { nowMs: () => nowMs },
  })
  await expect(again).rejects.toMatchObject({
    code: 'closed',
    message: expect.stringContaining(String(host.port)) as string,
  })
})

test('a page that was never built is a failure that says what to run', async () => {
  const never = serveBrowser({
    router: sampleRouter(),
    port: 0,
    assetsDir: join(folder, 'none'),
    clock: { nowMs: () => nowMs },
  })
  await expect(never).rejects.toMatchObject({
    code: 'closed',
    tip: expect.stringContaining('npm run build') as string,
  })
})

test('a page that asks on and on and never reads is cut off, and the host goes on', async () => {
  const waits = { begun: 0, aborted: 0 }
  const station = await openSocketStation(sampleRouter(waits))
  const deaf = await station.join({ isAsleep: true })
  const failed = [deaf.client.wait().catch(() => 'cut off')]
  await vi.waitUntil(() => waits.begun === 1)
  // Some 6 MB each; the system's own buffers take a few.
  while (waits.aborted === 0) {
    failed.push(deaf.client.rows({ count: 20_000 }).then(String, () => 'cut off'))
    await (await station.join()).client.number({ value: 1 })
    expect(failed.length).toBeLessThan(60)
  }
  deaf.wake()
  expect(await Promise.all(failed)).toContain('cut off')
  expect(await (await station.join()).client.number({ value: 1 })).toBe(2)
  await station.close()
})
