import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  goTo,
  gridRows,
  openPage,
  startBrowser,
  startConsole,
  type RunningConsole,
  type WatchedPage,
} from './console.ts'

/** Enough to fill a screen of 1280 × 800. */
const A_SCREENFUL = 15

let running: RunningConsole
let browser: Browser
let watched: WatchedPage
let page: Page

beforeAll(async () => {
  browser = await startBrowser()
  running = await startConsole(['--demo', '--seed', '7'])
})
afterAll(async () => {
  await browser.close()
  expect(await running.close()).toBe(0)
})
beforeEach(async () => {
  watched = await openPage(browser)
  page = watched.page
  await page.goto(running.link)
  await gridRows(page).nth(A_SCREENFUL).waitFor()
})
afterEach(async () => {
  await watched.context.close()
  expect(watched.complaints).toEqual([])
})

test('the grid fills live', async () => {
  const count = page.getByRole('navigation').getByRole('listitem').filter({ hasText: 'Intents' })
  const before = await count.innerText()
  await page.waitForFunction(
    ([selector, text]) => document.querySelector<HTMLElement>(selector)?.innerText !== text,
    ['.rail-item', before] as const,
  )
  expect(await count.innerText()).not.toBe(before)
})

test('the token leaves the address bar, and a reload keeps the session', async () => {
  expect(page.url()).not.toContain('token')
  await page.reload()
  await gridRows(page).nth(A_SCREENFUL).waitFor()
  expect(page.url()).not.toContain('token')
})

test('a row opened with the mouse shows the intent with its stages and its timeline', async () => {
  await page.goto(new URL('/intents?query=system:fusion', running.origin).href)
  await gridRows(page).nth(2).getByRole('gridcell').nth(3).click()
  const intent = page.getByRole('region', { name: 'Intent', exact: true })
  await intent.getByRole('list', { name: 'Timeline' }).getByRole('listitem').first().waitFor()
  expect(await intent.getByRole('list', { name: 'Stages' }).getByRole('listitem').count()).toBe(6)
  await page.keyboard.press('Escape')
  await intent.waitFor({ state: 'detached' })
  await page.goto(new URL('/intents', running.origin).href)
})

test('an intent opened at its own place is still there after a reload', async () => {
  await gridRows(page).nth(2).getByRole('gridcell').nth(3).click()
  const intent = page.getByRole('region', { name: 'Intent', exact: true })
  await intent.getByRole('list', { name: 'Timeline' }).getByRole('listitem').first().waitFor()
  await intent.getByRole('link', { name: 'Open on a page of its own' }).click()
  await page.waitForURL(/\/intents\/.+/)
  await page.reload()
  await intent.getByRole('list', { name: 'Timeline' }).getByRole('listitem').first().waitFor()
  await goTo(page, 'Intents')
  await gridRows(page).nth(A_SCREENFUL).waitFor()
})

test('any id finds the intent, whole or by its first characters, whatever its case', async () => {
  const id = await anIdOf(page)
  for (const text of [id, id.slice(2, 14), id.slice(0, 12).toUpperCase().replace('0X', '0x')]) {
    await page.getByRole('searchbox', { name: 'Find' }).fill(text)
    await page.getByRole('searchbox', { name: 'Find' }).press('Enter')
    const intent = page.getByRole('region', { name: 'Intent', exact: true })
    await intent.getByTitle(id).first().waitFor()
    await page.keyboard.press('Escape')
    await intent.waitFor({ state: 'detached' })
  }
})

test('an id that nobody has heard of is said to be so', async () => {
  const box = page.getByRole('searchbox', { name: 'Find' })
  await box.fill(`0x${'0d'.repeat(32)}`)
  await box.press('Enter')
  await page.getByText('No connection has heard of this id').waitFor()
})

test('a query filters, and a wrong one says where it is wrong', async () => {
  const box = page.getByRole('searchbox', { name: 'Find' })
  await box.fill('phase:completed')
  await box.press('Enter')
  await page.waitForURL(/phase/)
  await gridRows(page).first().waitFor()
  await page.waitForFunction(() => {
    const phases = [...document.querySelectorAll('.ag-row [col-id="phase"]')].map((cell) => cell.textContent)
    return phases.length > 0 && phases.every((phase) => phase.includes('Completed'))
  })
  await box.fill('phase:nonsense')
  await box.press('Enter')
  await page
    .getByText(/At character \d+: expected/)
    .first()
    .waitFor()
})

test('by keyboard alone: find, walk, open, close', async () => {
  const id = await anIdOf(page)
  await page.keyboard.press('/')
  await page.keyboard.type(id)
  await page.keyboard.press('Enter')
  const intent = page.getByRole('region', { name: 'Intent', exact: true })
  await intent.waitFor()
  await page.keyboard.press('Escape')
  await intent.waitFor({ state: 'detached' })

  const firstFocused = await walkTo(page, 'j')
  const secondFocused = await walkTo(page, 'j')
  expect(secondFocused).not.toBe(firstFocused)
  expect(await walkTo(page, 'k')).toBe(firstFocused)
  await page.keyboard.press('Enter')
  await intent.getByTitle(firstFocused).first().waitFor()
  await page.keyboard.press('Escape')
  await intent.waitFor({ state: 'detached' })
})

test('held still, nothing moves and what is new is counted; released, it follows again', async () => {
  await page.keyboard.press('p')
  const release = page.getByRole('button', { name: /^\d[\d,]* new$/ })
  await release.waitFor()
  const held = await idsOf(page)
  await page.getByRole('button', { name: /^[1-9][\d,]* new$/ }).waitFor()
  expect(await idsOf(page)).toEqual(held)
  await release.click()
  await release.waitFor({ state: 'detached' })
  await page.waitForFunction(
    (first) => document.querySelector('.ag-row[row-index="0"]')?.getAttribute('row-id') !== first,
    held[0],
  )
})

test('theme and times change on every screen at once and stay after a reload', async () => {
  await goTo(page, 'Settings')
  await page.getByRole('radio', { name: 'Dark' }).click()
  await page.getByRole('radio', { name: 'Epoch milliseconds' }).click()
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(27, 30, 35)')
  await page
    .getByRole('banner')
    .getByText(/^\d{13}$/)
    .waitFor()
  await page.reload()
  await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark')
  await page
    .getByRole('banner')
    .getByText(/^\d{13}$/)
    .waitFor()
  await page.getByRole('radio', { name: 'UTC' }).click()
  await page.getByRole('radio', { name: 'As the desktop' }).click()
  await page.getByRole('banner').getByText(/UTC$/).waitFor()
})

test('what is over is kept for ever until somebody chooses otherwise, and the choice stays', async () => {
  await goTo(page, 'Settings')
  const age = page.getByRole('radiogroup', { name: 'Keep what is over' })
  await age.getByRole('radio', { name: 'Keep for ever', checked: true }).waitFor()
  await page.getByRole('radio', { name: 'No limit', checked: true }).waitFor()
  await age.getByRole('radio', { name: '90 days' }).click()
  await age.getByRole('radio', { name: '90 days', checked: true }).waitFor()
  await page.reload()
  await age.getByRole('radio', { name: '90 days', checked: true }).waitFor()
  await age.getByRole('radio', { name: 'Keep for ever' }).click()
  await age.getByRole('radio', { name: 'Keep for ever', checked: true }).waitFor()
})

test('a page without the token is told what to do', async () => {
  const stranger = await openPage(browser)
  await stranger.page.goto(running.origin)
  await stranger.page.getByText('Start the console with npm start').waitFor()
  expect(await stranger.page.getByRole('navigation').count()).toBe(0)
  await stranger.context.close()
})

/** The whole id of an intent in the grid. */
async function anIdOf(from: Page): Promise<string> {
  const title = await gridRows(from)
    .nth(3)
    .getByTitle(/^0x[0-9a-f]{64} /)
    .first()
    .getAttribute('title')
  return title?.split(' ')[0] ?? ''
}

function idsOf(from: Page): Promise<string[]> {
  return gridRows(from).evaluateAll((rows) =>
    rows
      .toSorted((a, b) => Number(a.getAttribute('row-index')) - Number(b.getAttribute('row-index')))
      .map((row) => row.getAttribute('row-id') ?? ''),
  )
}

/** Presses a key and answers the id of the intent whose row then has the focus. */
async function walkTo(from: Page, key: 'j' | 'k'): Promise<string> {
  const before = await focusedId(from)
  await from.keyboard.press(key)
  await from.waitForFunction((last) => {
    const row = document.activeElement?.closest('.ag-row')
    return row !== null && row !== undefined && row.getAttribute('row-id') !== last
  }, before)
  return (await focusedId(from)).replace(/^.*:/, '')
}

function focusedId(from: Page): Promise<string> {
  return from.evaluate(() => document.activeElement?.closest('.ag-row')?.getAttribute('row-id') ?? '')
}
