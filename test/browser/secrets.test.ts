import type { Browser, Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { canaryOf, formsIn, makeCanary } from '../secrets/canary.ts'
import { formsInMemoryOf, processesBelow } from '../secrets/memory.ts'
import { until } from '../until.ts'
import { goTo, openPage, startBrowser, startConsoleOn, type RunningConsole } from './console.ts'

const VARIABLE = 'PLANTED_KEY'
/** An address that no bus answers, so that there is no keychain whatever this machine has. */
const NO_BUS = 'unix:path=/nowhere/bus'
const busBefore = process.env['DBUS_SESSION_BUS_ADDRESS']
/** Reading the memory of every page takes its time on a busy machine, milliseconds. */
const MEMORY_READ_MS = 180_000

const credential = makeCanary('env')
const typed = makeCanary('typed')
const preimage = canaryOf('5ec2e7'.repeat(11).slice(0, 64))

let fusion: BareFusion
let running: RunningConsole
let browser: Browser
let page: Page
const sent: Buffer[] = []
const received: Buffer[] = []

beforeAll(async () => {
  fusion = await bareFusion()
  // Only the console inherits it: the browser starts when it is gone again.
  process.env[VARIABLE] = credential.value
  process.env['DBUS_SESSION_BUS_ADDRESS'] = NO_BUS
  running = await startConsoleOn([
    { id: 'planted', system: 'fusion', url: fusion.url, credential: `env:${VARIABLE}` },
    { id: 'typed', system: 'fusion', url: fusion.url, credential: 'keychain' },
  ])
  Reflect.deleteProperty(process.env, VARIABLE)
  if (busBefore === undefined) Reflect.deleteProperty(process.env, 'DBUS_SESSION_BUS_ADDRESS')
  else process.env['DBUS_SESSION_BUS_ADDRESS'] = busBefore
  browser = await startBrowser()
  ;({ page } = await openPage(browser))
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => sent.push(Buffer.from(payload)))
    socket.on('framereceived', ({ payload }) => received.push(Buffer.from(payload)))
  })
  await until('the console to listen', () => fusion.listeners() > 0)
  const intentId = `0x${'cd'.repeat(32)}`
  fusion.say('intent:new', { intentId, status: 'executing', preimage: `0x${preimage.value}` })
  fusion.say('error', { message: `secret ${preimage.value} was wrong` })
})

afterAll(async () => {
  await browser.close()
  expect(await running.close()).toBe(0)
  await fusion.close()
})

function credentialLine(name: string): Locator {
  return page
    .getByRole('list', { name: 'Credentials' })
    .getByRole('listitem')
    .filter({ has: page.getByText(name, { exact: true }) })
}

function renderers(): number[] {
  return processesBelow(process.pid)
    .filter(({ commandLine }) => commandLine.includes('--type=renderer'))
    .map(({ pid }) => pid)
}

function inRenderers(): string[] {
  return renderers().flatMap((pid) => formsInMemoryOf(pid, [credential, preimage]))
}

/** Forms of the planted secrets in what a page's own engine holds. */
async function inHeapOf(watched: Page): Promise<string[]> {
  const session = await watched.context().newCDPSession(watched)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.takeHeapSnapshot')
  await session.detach()
  const heap = Buffer.from(chunks.join(''))
  // What the page shows is in it, so the look is at the right heap and at all of it.
  expect(heap.includes('Settings')).toBe(true)
  return formsIn(heap, [credential, preimage])
}

test(
  'S2: a planted secret is in no frame, not in the page, not in its storage, not in its memory',
  { timeout: MEMORY_READ_MS },
  async () => {
    await page.goto(running.link)
    for (const screen of ['Intents', 'Attention', 'Mempool', 'Connections', 'Settings'])
      await goTo(page, screen)
    await credentialLine('planted').getByText('present').waitFor()
    await credentialLine('planted').getByText('in the environment').waitFor()
    const storage = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]))
    const texts = Buffer.from(storage + (await page.content()))

    expect(Math.min(sent.length, received.length)).toBeGreaterThan(10)
    expect(formsIn(Buffer.concat([...sent, ...received, texts]), [credential, preimage])).toEqual([])
    expect(renderers().length).toBeGreaterThan(0)
    expect(inRenderers()).toEqual([])
    expect(await inHeapOf(page)).toEqual([])
  },
)

test(
  'control: a page that holds the secret is found out by the same look',
  { timeout: MEMORY_READ_MS },
  async () => {
    const careless = await openPage(browser)
    await careless.page.evaluate((value) => {
      Object.assign(window, { held: { key: `Bearer ${value}`, screen: 'Settings' } })
    }, credential.value)
    expect(inRenderers()).not.toEqual([])
    expect(await inHeapOf(careless.page)).not.toEqual([])
    await careless.context.close()
  },
)

// Elsewhere than on Linux the machine's own keychain would be used.
test.skipIf(process.platform !== 'linux')(
  'S4: without a keychain, Settings says so and holds a value in memory after consent',
  async () => {
    await goTo(page, 'Settings')
    const line = credentialLine('typed')
    await page.getByText(/No session D-Bus can be reached.*held in memory/).waitFor()
    await line.getByText('unavailable').waitFor()
    await line.getByRole('button', { name: 'Set credential of typed' }).click()
    const box = line.getByRole('textbox', { name: 'Credential of typed' })
    await box.fill(typed.value)
    const set = line.getByRole('button', { name: 'Set', exact: true })
    expect(await set.isDisabled()).toBe(true)
    await line.getByRole('checkbox', { name: 'Hold it in memory until the console quits' }).check()
    await set.click()
    await line.getByText('present').waitFor()
    await box.waitFor({ state: 'detached' })
    await line.getByText('in memory until the console quits').waitFor()
    expect(sent.filter((frame) => formsIn(frame, [typed]).length > 0)).toHaveLength(1)
    expect(formsIn(Buffer.concat(received), [typed])).toEqual([])
    expect(formsIn(Buffer.from(await page.content()), [typed])).toEqual([])

    await line.getByRole('button', { name: 'Clear credential of typed' }).click()
    await line.getByText('unavailable').waitFor()
  },
)
