import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { goTo, gridRows, startConsole } from './console.ts'
import { openStage, type Stage } from './stage.ts'

/** The systems by their labels, each with a panel that its intents have in the demo. */
const SYSTEMS = [
  { label: 'Fusion', panel: /Proofs|Locks/ },
  { label: '1inch Fusion', panel: /Auction/ },
  { label: '1inch Fusion+', panel: /Auction|Escrow/ },
  { label: 'Flashnet', panel: /Deposits/ },
  { label: 'DeFi API', panel: /Approval/ },
] as const

const STRANGER = `0x${'ab'.repeat(32)}`

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage(() => startConsole(['--demo', '--seed', '7']), { width: 1920, height: 1080 })
  page = stage.page
  await page.goto(stage.running.link)
  await gridRows(page).nth(10).waitFor()
})
beforeEach(async () => {
  await page.goto(new URL('/intents', stage.running.origin).href)
  await gridRows(page).nth(10).waitFor()
})
afterAll(async () => {
  expect(await stage.close()).toBe(0)
})

function filters() {
  return page.getByRole('group', { name: 'Filters' })
}

/** Looks in both themes for what a person could not read or reach within a part of the page. */
async function accessible(part: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).include(part).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])
  }
}

for (const { label, panel } of SYSTEMS) {
  test(`${label}: its own words in the grid, and a panel of its own in the intent`, async () => {
    await filters()
      .getByRole('button', { name: new RegExp(`^${label.replace('+', '[+]')} [0-9,]+$`) })
      .click()
    await page.getByRole('gridcell', { name: label, exact: true }).first().waitFor()
    await gridRows(page).nth(1).getByRole('gridcell').nth(3).click()
    const intent = page.getByRole('region', { name: 'Intent', exact: true })
    await intent.getByRole('region', { name: panel }).first().waitFor()
    await accessible('.intent')
  })
}

test('beside an opened intent on a small screen the systems are one menu', async () => {
  const chip = filters().getByRole('button', { name: /^Flashnet [0-9,]+$/ })
  await chip.waitFor()
  await page.setViewportSize({ width: 1280, height: 800 })
  await gridRows(page).nth(1).getByRole('gridcell').nth(3).click()
  await page.getByRole('region', { name: 'Intent', exact: true }).waitFor()
  await chip.waitFor({ state: 'hidden' })
  await filters()
    .getByRole('button', { name: /^System ▾/ })
    .click()
  await page.getByRole('menuitemcheckbox', { name: /^Flashnet [0-9,]+$/ }).click()
  await page.waitForURL(/system%3Aflashnet/)
  await filters()
    .getByRole('button', { name: /^System: Flashnet/ })
    .waitFor()
  await page.setViewportSize({ width: 1920, height: 1080 })
  await chip.waitFor()
})

test('a route is chosen by the names of its chains, and every row then takes it', async () => {
  await goTo(page, 'Intents')
  await filters()
    .getByRole('button', { name: /^Route/ })
    .click()
  const option = page.getByRole('menuitemcheckbox').first()
  const words = ((await option.textContent()) ?? '').replace(/[\d,]+$/, '').trim()
  await option.click()
  await filters()
    .getByRole('button', { name: `Route: ${words}` })
    .waitFor()
  await page.waitForFunction((route) => {
    const routes = [...document.querySelectorAll('.ag-row [col-id="route"]')].map((cell) => cell.textContent)
    return routes.length > 0 && routes.every((shown) => shown === route)
  }, words)
  await page.getByRole('button', { name: 'Remove the query' }).click()
})

test('ids are watched, refused and let go in the dialog, by keyboard', async () => {
  await goTo(page, 'Connections')
  const card = page.getByRole('listitem', { name: 'Fusion', exact: true })
  await card.getByRole('button', { name: 'Watch ids' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Watch ids' })
  await dialog.getByLabel('Ids to watch').focus()
  await page.keyboard.insertText(`${STRANGER}\nshort`)
  for (const name of ['Import a file', 'Watch 2 ids']) {
    await page.keyboard.press('Tab')
    if (name.startsWith('Watch')) await dialog.getByRole('button', { name }).waitFor()
  }
  await page.keyboard.press('Enter')
  await dialog.getByText('1 id accepted').waitFor()
  await dialog.getByRole('list', { name: 'Not taken' }).getByText('too short').waitFor()
  const listed = dialog.getByRole('list', { name: 'Watched ids' }).getByRole('listitem')
  await listed.getByText('the system does not know this id').waitFor()
  await accessible('.dialog')
  await dialog.getByRole('button', { name: `Stop watching ${STRANGER}` }).focus()
  await page.keyboard.press('Enter')
  // Others of the demo are followed by its profile and stay.
  await dialog.getByRole('button', { name: `Stop watching ${STRANGER}` }).waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
})

test('a table of ids is imported from a file', async () => {
  await goTo(page, 'Intents')
  await filters().getByRole('button', { name: 'Watch ids' }).click()
  const dialog = page.getByRole('dialog', { name: 'Watch ids' })
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'orders.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`maker,intentId\n0xmaker,${STRANGER}\n0xmaker,${STRANGER.replace('ab', 'cd')}\n`),
  })
  await dialog.getByText('2 ids in orders.csv.').waitFor()
  await dialog.getByRole('button', { name: 'Watch 2 ids' }).click()
  await dialog.getByText('2 ids accepted').waitFor()
  await page.keyboard.press('Escape')
})

test('what is empty says why: no counters, and no list to wait for', async () => {
  await goTo(page, 'Mempool')
  await page.getByRole('radio', { name: /flashnet/ }).click()
  await page.getByRole('heading', { name: 'Flashnet publishes no counters' }).waitFor()
  await goTo(page, 'Intents')
  await page.getByRole('searchbox', { name: 'Find' }).fill('system:flashnet phase:cancelled')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'No intent matches' }).waitFor()
  await page.getByText('An intent that is not heard of by itself can be followed by its id.').waitFor()
  await page.getByRole('button', { name: 'Show all' }).click()
})

test('a row never mixes two intents while rows move', async () => {
  await goTo(page, 'Intents')
  await gridRows(page).nth(10).waitFor()
  const { frames, mixed } = await page.evaluate(watchRows)
  expect(frames).toBeGreaterThan(0)
  expect(mixed).toEqual([])
})

test('the browser had nothing to complain about', () => {
  expect(stage.complaints).toEqual([])
})

/** Looks at every frame of some hundred whether a row shows a Fusion status beside the phase of another. Runs in the page. */
async function watchRows(): Promise<{ frames: number; mixed: string[] }> {
  const phases: Record<string, string> = {
    proofs_pending: 'Created',
    proofs_verified: 'Open',
    waiting_for_source_lock: 'Locking',
    executing: 'Executing',
    completed: 'Completed',
    failed: 'Failed',
  }
  const mixed: string[] = []
  let frames = 0
  for (; frames < 100; frames += 1) {
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))
    for (const row of document.querySelectorAll('.ag-row')) {
      const cell = (id: string) => row.querySelector(`[col-id="${id}"]`)?.textContent.trim() ?? ''
      const phase = phases[cell('status')]
      if (phase !== undefined && !cell('phase').endsWith(phase)) mixed.push(row.textContent)
    }
  }
  return { frames, mixed }
}
