import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { until } from '../until.ts'
import { gridRows, openPage, startBrowser, startConsole, type RunningConsole } from './console.ts'

let running: RunningConsole
let browser: Browser
let elsewhere: Server
let referers: (string | undefined)[]
let context: BrowserContext
let page: Page
/** Addresses and referers of everything that the page asked for, sockets included. */
let asked: string[]

const token = (): string => new URL(running.link).hash.slice('#token='.length)
const elsewhereUrl = (): string => `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`

beforeAll(async () => {
  browser = await startBrowser()
  running = await startConsole(['--demo', '--seed', '4'])
  elsewhere = createServer((request, answer) => {
    if (request.url !== '/favicon.ico') referers.push(request.headers.referer)
    answer.setHeader('content-type', 'text/html')
    answer.end('<!doctype html><title>Elsewhere</title>')
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  elsewhere.closeAllConnections()
  elsewhere.close()
  await browser.close()
  expect(await running.close()).toBe(0)
})
beforeEach(async () => {
  referers = []
  asked = []
  ;({ page, context } = await openPage(browser))
  page.on('request', (request) => asked.push(request.url(), request.headers()['referer'] ?? ''))
  page.on('websocket', (socket) => asked.push(socket.url()))
})
afterEach(() => context.close())

/** Addresses in the tab's own history, as the browser itself keeps them. */
async function historyOf(of: Page): Promise<string[]> {
  const session = await of.context().newCDPSession(of)
  const { entries } = (await session.send('Page.getNavigationHistory')) as { entries: { url: string }[] }
  return entries.map(({ url }) => url)
}

/** What was asked of anybody, but for fragments, which a browser keeps to itself. */
const askedOfOthers = (): string => asked.map((address) => address.split('#', 1)[0]).join('\n')

test('the token leaves the address bar and the history at once, and a reload still knows it', async () => {
  await page.goto(running.link)
  await gridRows(page).first().waitFor()
  expect(page.url()).not.toContain(token())
  expect(await page.evaluate(() => location.href + JSON.stringify(history.state))).not.toContain(token())
  expect((await historyOf(page)).join('\n')).not.toContain(token())
  await page.reload()
  await gridRows(page).first().waitFor()
  expect(askedOfOthers()).not.toContain(token())
  expect(await context.cookies()).toEqual([])
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(token())
})

test('another tab does not know it, and says what to do', async () => {
  await page.goto(running.link)
  await gridRows(page).first().waitFor()
  const other = await context.newPage()
  await other.goto(running.origin)
  await other.getByRole('heading', { name: 'This page does not know its console yet' }).waitFor()
  await other.goto(running.link)
  await gridRows(other).first().waitFor()
})

test('whoever is linked from the page is not told where the reader comes from', async () => {
  await page.goto(running.link)
  await gridRows(page).first().waitFor()
  await follow(elsewhereUrl())
  expect(referers).toEqual([undefined])
  // The same look, from a page that does not mind.
  await follow(`${elsewhereUrl()}next`)
  expect(referers).toEqual([undefined, elsewhereUrl()])
})

test('a link with the token in its query is refused, and the same look finds it in what was asked', async () => {
  const answer = await page.goto(`${running.origin}/?token=${token()}`)
  expect(answer?.status()).toBe(403)
  await page.getByText('never stands in a query').waitFor()
  expect(askedOfOthers()).toContain(token())
  expect((await historyOf(page)).join('\n')).toContain(token())
  await until('the refusal in the log', () => running.log().includes('never stands in a query'))
  expect(running.log()).not.toContain(token())
})

/** Leaves the page as somebody does who presses a link on it. */
async function follow(address: string): Promise<void> {
  await page.evaluate((to) => {
    const link = document.createElement('a')
    link.href = to
    document.body.append(link)
    link.click()
  }, address)
  await page.waitForURL(address)
}
