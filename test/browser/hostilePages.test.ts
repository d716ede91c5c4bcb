import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Frame, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SUBPROTOCOL } from '../../shared/api/contract.ts'
import { connectPage, type PageClient } from '../hosts/pageClient.ts'
import { attack, type Loot, type Prey } from './attack.ts'
import { startBrowser, startConsole, type RunningConsole } from './console.ts'
import { openDoor, type OpenDoor } from './openDoor.ts'

const HOSTS = ['127.0.0.1', 'localhost', '0.0.0.0', '[::1]', 'evil.test', 'rebind.test']
const NAMES = '--host-resolver-rules=MAP evil.test 127.0.0.1,MAP rebind.test 127.0.0.1'
const HOSTILE_PAGE = '<!doctype html><title>Hostile</title><body><p>Nothing to see.'

let running: RunningConsole
let door: OpenDoor
let stranger: Server
let strangerPort: number
let folder: string
let owner: PageClient
let parts: { script: string; style: string }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-pages-'))
  writeFileSync(join(folder, 'hostile.html'), HOSTILE_PAGE)
  running = await startConsole(['--demo', '--seed', '3'])
  owner = await connectPage(running.link)
  await owner.client.settings.set({ changes: { theme: 'light' } })
  const files = readdirSync(new URL('../../out/renderer/assets', import.meta.url))
  parts = { script: assetOf(files, '.js'), style: assetOf(files, '.css') }
  door = await openDoor(Number(new URL(running.origin).port))
  stranger = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html')
    answer.end(HOSTILE_PAGE)
  })
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  strangerPort = (stranger.address() as AddressInfo).port
})
afterAll(async () => {
  stranger.closeAllConnections()
  stranger.close()
  await door.close()
  expect(await running.close()).toBe(0)
  rmSync(folder, { recursive: true })
})

function assetOf(files: readonly string[], ending: string): string {
  const found = files.find((file) => file.endsWith(ending))
  if (found === undefined) throw new Error(`The built page has no ${ending}.`)
  return `assets/${found}`
}

/** What a hostile page could have changed. */
async function state(): Promise<unknown> {
  const { client } = owner
  return { settings: await client.settings.get({}), profiles: await client.profiles.list({}) }
}

function prey(port = Number(new URL(running.origin).port), hosts = HOSTS): Prey {
  const token = new URL(running.link).hash.slice('#token='.length)
  return { port, token, subprotocol: SUBPROTOCOL, hosts, ...parts }
}

/** Places that a hostile page can be at, each opened in a page of its own. */
const PLACES: { name: string; open: (page: Page) => Promise<Frame | Page> }[] = [
  {
    name: 'another port of the same address',
    open: async (page) => {
      await page.goto(`http://127.0.0.1:${strangerPort}/`)
      return page
    },
  },
  {
    name: 'a name that leads to this machine',
    open: async (page) => {
      await page.goto(`http://evil.test:${strangerPort}/`)
      return page
    },
  },
  {
    name: 'a name that was rebound to this machine, with the port of the console',
    open: async (page) => {
      const trap = `http://rebind.test:${new URL(running.origin).port}/trap`
      // Served by the stranger while the name was still his; what the page asks next goes to the console.
      await page.route(trap, (route) => route.fulfill({ contentType: 'text/html', body: HOSTILE_PAGE }))
      await page.goto(trap)
      return page
    },
  },
  {
    name: 'a frame in a sandbox, which has no origin',
    open: async (page) => {
      await page.goto(`http://evil.test:${strangerPort}/`)
      await page.evaluate((html) => {
        const frame = document.createElement('iframe')
        frame.setAttribute('sandbox', 'allow-scripts allow-forms')
        frame.srcdoc = html
        document.body.append(frame)
        return new Promise((resolve) => (frame.onload = resolve))
      }, HOSTILE_PAGE)
      const inside = page.frames().find((frame) => frame !== page.mainFrame())
      if (inside === undefined) throw new Error('The frame did not come.')
      return inside
    },
  },
  {
    name: 'a file of this machine',
    open: async (page) => {
      await page.goto(pathToFileURL(join(folder, 'hostile.html')).href)
      return page
    },
  },
]

async function attackFrom(browser: Browser, at: (typeof PLACES)[number], target: Prey): Promise<Loot> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const loot = await (await at.open(page)).evaluate(attack, target)
  await context.close()
  return loot
}

describe.each([
  { name: 'as it is', args: () => [] },
  {
    name: 'taking the stranger for a page of the internet',
    args: () => [`--ip-address-space-overrides=127.0.0.1:${strangerPort}=public`],
  },
])('in a browser $name', ({ args }) => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser([NAMES, ...args()])
  })
  afterAll(() => browser.close())

  test.each(PLACES)('a page at $name gets nothing, though it knows the token', async (place) => {
    const before = await state()
    const loot = await attackFrom(browser, place, prey())
    expect(loot).toEqual({ opened: [], read: [], loaded: [], tries: HOSTS.length * 13 })
    expect(await state()).toEqual(before)
  })

  test('a page that opens the console in a window of its own has no hold of that window', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`http://evil.test:${strangerPort}/`)
    const opening = context.waitForEvent('page')
    await page.evaluate((link) => {
      Object.assign(window, { prey: window.open(link) })
    }, running.link)
    const opened = await opening
    await opened.getByRole('grid', { name: 'Intents' }).waitFor()
    await page.waitForFunction(() => (window as unknown as { prey: Window }).prey.closed)
    expect(await opened.evaluate(() => window.opener === null)).toBe(true)
    await context.close()
  })
})

test('the attack reached the console, which turned it away', () => {
  for (const sentence of ['Only the address', 'Another page may not use the console']) {
    expect(running.log()).toContain(sentence)
  }
})

test('the same attack succeeds where the checks of Host and Origin are off', async () => {
  const browser = await startBrowser([NAMES])
  for (const place of PLACES.slice(0, 2)) {
    await owner.client.settings.set({ changes: { theme: 'light' } })
    const loot = await attackFrom(browser, place, prey(door.port, ['127.0.0.1']))
    expect(loot.opened).toEqual([`ws://127.0.0.1:${door.port}/rpc`])
    expect(loot.read.length).toBeGreaterThan(0)
    expect(loot.loaded).toEqual(expect.arrayContaining(['script', 'link']))
    expect(await state()).toMatchObject({ settings: { theme: 'dark' } })
  }
  await browser.close()
})
