import { AxeBuilder } from '@axe-core/playwright'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { goTo, gridRows, openPage, startConsole } from './console.ts'
import { openStage, type Stage } from './stage.ts'

const PICTURES = fileURLToPath(new URL('screens/', import.meta.url))
const SCREENS = ['Intents', 'Attention', 'Mempool', 'Connections', 'Actions', 'Archive', 'Settings'] as const
const THEMES = ['light', 'dark'] as const
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage(() => startConsole(['--demo', '--seed', '7']))
  page = stage.page
  await page.goto(stage.running.link)
  await gridRows(page).nth(10).waitFor()
})
afterAll(async () => {
  expect(await stage.close()).toBe(0)
})

/** What a screen shows when it has something to show. */
async function waitUntilFull(screen: (typeof SCREENS)[number]): Promise<void> {
  if (screen === 'Intents') await gridRows(page).nth(10).waitFor()
  if (screen === 'Connections')
    await page.getByRole('list', { name: 'Connections' }).getByText(/live$/).first().waitFor()
  if (screen === 'Mempool')
    await page
      .getByRole('img', { name: /over time/ })
      .first()
      .waitFor()
  if (screen === 'Attention') await page.getByText('Not in this version').waitFor()
}

test('Connections: presence in a word, ages that tick, a test that names its steps', async () => {
  await goTo(page, 'Connections')
  const card = page.getByRole('list', { name: 'Connections' }).getByRole('listitem').first()
  await card.getByText(/live$/).waitFor()
  await card.getByText(/answered .*, took \d+/).waitFor()
  await card.getByText(/^[\d,]+, [\d,]+ of them repeated$/).waitFor()
  await card.getByRole('button', { name: 'Test connection' }).click()
  const steps = card.getByRole('list', { name: 'Steps of the test' })
  for (const step of ['Address', 'TCP', 'Handshake', 'Subscribe', 'Health']) {
    await steps.getByText(`${step}: good`).waitFor()
  }
  await card.getByText('Every step is good.').waitFor()
  await card.getByText('What happened last').click()
  await card.getByRole('list', { name: 'Log' }).getByText(/live$/).waitFor()
  await card.getByText('What happened last').click()
})

test('Mempool: counters beside ours, ranges, and the table behind the lines', async () => {
  await goTo(page, 'Mempool')
  const counters = page.getByRole('table', { name: 'Counters now' })
  await counters.getByRole('row', { name: /^Executing \d/ }).waitFor()
  expect(await page.getByRole('img', { name: /over time/ }).count()).toBe(7)
  await page.getByRole('radio', { name: '24 h' }).click()
  await page.getByRole('radio', { name: 'Table' }).click()
  const readings = page.getByRole('region', { name: 'Readings' })
  await readings
    .getByRole('row', { name: /\d+ \/ \d+/ })
    .first()
    .waitFor()
})

test('Attention: what it lists opens the intent, by keyboard alone', async () => {
  await goTo(page, 'Attention')
  const atRisk = page.getByRole('region', { name: /^Ended, and nothing shows/ })
  await atRisk.waitFor()
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('j')
  await page.waitForFunction(() => document.activeElement?.matches('[data-row]') === true)
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Intent', exact: true }).waitFor()
})

test('the check of accessibility finds what is wrong', async () => {
  const stranger = await openPage(stage.browser)
  await stranger.page.setContent('<main><img src="data:,"><button></button></main>')
  const { violations } = await new AxeBuilder({ page: stranger.page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual(expect.arrayContaining(['image-alt', 'button-name']))
  await stranger.context.close()
})

for (const theme of THEMES) {
  for (const size of SIZES) {
    test(`every screen, ${theme}, ${size.width} × ${size.height}: pictured, and nothing is cut off`, async () => {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme: theme })
      await onEveryScreen((screen) => look(`${screen}-${theme}-${size.width}`))
    })
  }

  // Eight looks of several seconds each: a loaded machine takes a minute over them.
  test(`every screen, ${theme}: accessible`, { timeout: 240_000 }, async () => {
    await page.setViewportSize(SIZES[0])
    await page.emulateMedia({ colorScheme: theme })
    await onEveryScreen((screen) => examine(`${screen}-${theme}`))
  })
}

test('the browser had nothing to complain about on any screen', () => {
  expect(stage.complaints).toEqual([])
})

/** Goes through the seven screens and an opened intent, each with something on it. */
async function onEveryScreen(visit: (screen: string) => Promise<void>): Promise<void> {
  for (const screen of SCREENS) {
    await goTo(page, screen)
    await waitUntilFull(screen)
    await visit(screen.toLowerCase())
  }
  await goTo(page, 'Intents')
  await gridRows(page).nth(2).getByRole('gridcell').nth(3).click()
  await page.getByRole('list', { name: 'Timeline' }).waitFor()
  await visit('intent')
  await page.keyboard.press('Escape')
}

/** Takes a picture and looks whether a part of the page is wider than what is seen of it. */
async function look(name: string): Promise<void> {
  await page.screenshot({ path: `${PICTURES}${name}.png` })
  const cutOff = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, .view, .intent-scroll')]
      .filter((part) => part.scrollWidth > part.clientWidth)
      .map((part) => part.className || part.tagName),
  )
  expect(cutOff, name).toEqual([])
}

/** Looks for what a person could not read or reach with other senses or other hands. */
async function examine(name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
  )
  expect(found, name).toEqual([])
}
