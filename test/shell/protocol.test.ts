import { symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShell, type OpenShell } from './openShell.ts'

let shell: OpenShell
beforeAll(async () => {
  shell = await openShell()
  const page = join(dirname(shell.folder), 'page')
  writeFileSync(join(dirname(shell.folder), 'outside.js'), 'secret')
  symlinkSync(join(page, '..', 'outside.js'), join(page, 'assets', 'leak.js'))
})
afterAll(() => shell.clear())

async function ask(url: string, method = 'GET'): Promise<Response> {
  const { scheme } = shell.session.handlers
  if (scheme === undefined) throw new Error('The scheme has no handler.')
  // A Request of Node refuses what Chromium lets through, so the two fields that the handler reads are given as they are.
  return scheme.handle({ url, method } as Request)
}

test('is registered under its own name, before Electron is ready', () => {
  expect(shell.stage.schemes).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } },
  ])
  expect(shell.stage.before[0]).toBe('schemes')
  expect(shell.session.handlers.scheme?.name).toBe('app')
})

test.each(['', 'intents', 'intents/demo%3A0x4f', 'intents/test.eu%3A0x4f', 'index.html'])(
  'app://console/%s is the page',
  async (place) => {
    expect(await (await ask(`app://console/${place}`)).text()).toContain('<title>Test</title>')
  },
)

test('parts of the page come with their type and are not guessed', async () => {
  const response = await ask('app://console/assets/index-1.js')
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'text/javascript; charset=utf-8',
  ])
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
})

test('HEAD has no body', async () => {
  expect(await (await ask('app://console/', 'HEAD')).text()).toBe('')
})

describe('refuses', () => {
  test.each([
    { what: 'another host', url: 'app://other/', status: 403 },
    { what: 'a host that begins like ours', url: 'app://console.evil.test/', status: 403 },
    { what: 'a name before the host', url: 'app://console@evil.test/', status: 403 },
    { what: 'a port', url: 'app://console:1/', status: 403 },
    { what: 'another scheme', url: 'https://console/', status: 403 },
    { what: 'nonsense', url: 'nonsense', status: 403 },
    { what: 'POST', url: 'app://console/', method: 'POST', status: 405 },
    { what: 'a method of nobody', url: 'app://console/', method: 'BREW', status: 405 },
    { what: 'an escape', url: 'app://console/%2e%2e/outside.js', status: 404 },
    { what: 'an escaped slash', url: 'app://console/..%2foutside.js', status: 404 },
    { what: 'a backslash', url: 'app://console/assets\\..\\..\\outside.js', status: 404 },
    { what: 'a way up', url: 'app://console/assets/../../outside.js', status: 404 },
    { what: 'a link that leads out', url: 'app://console/assets/leak.js', status: 404 },
    { what: 'a kind of file that a page has not', url: 'app://console/assets/a.node', status: 404 },
    { what: 'a hidden file', url: 'app://console/.env', status: 404 },
    { what: 'a file that is not there', url: 'app://console/assets/none.js', status: 404 },
  ])('$what', async ({ url, method = 'GET', status }) => {
    const response = await ask(url, method)
    expect([response.status, await response.text()]).toEqual([status, ''])
  })
})
