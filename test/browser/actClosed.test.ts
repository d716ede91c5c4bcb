import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { descriptionOf } from './acting.ts'
import { goTo, gridRows } from './console.ts'
import { examine } from './examine.ts'
import { isInSight } from './inSight.ts'
import { newRefundable } from './refundable.ts'
import { openFusionStage, type Stage } from './stage.ts'

/** Without `--allow-actions` every place that has commands says so beside them, and how to start the console with it. */

const STARTED_WITHOUT =
  /This console was started without --allow-actions.*start it again with it: npm start -- --allow-actions/

let stage: Stage & { fusion: BareFusion }
let page: Page
let intentId: string

beforeAll(async () => {
  stage = await openFusionStage('bare')
  page = stage.page
  intentId = newRefundable(stage.fusion, 1)
  await page.goto(stage.running.link)
  await gridRows(page).first().waitFor()
})
afterAll(async () => {
  expect(stage.complaints).toEqual([])
  await stage.close()
})

/** Waits for a command to be closed for this reason, with the reason in sight. */
async function closed(button: Locator): Promise<void> {
  await until('the command to say why it is closed', async () => {
    return (await button.isDisabled()) && STARTED_WITHOUT.test(await descriptionOf(button))
  })
  const note = page.getByText(STARTED_WITHOUT).first()
  await note.scrollIntoViewIfNeeded()
  expect(await isInSight(note)).toBe(true)
}

function command(words: string): Locator {
  return page.getByRole('button', { name: words, exact: true })
}

test('beside the grid, where it is in sight at once; commands that only ask stay open', async () => {
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await closed(command('Prepare refund'))
  // Closed by a condition of its own as well: both are told.
  await closed(command('Relay permit'))
  expect(await descriptionOf(command('Relay permit'))).toMatch(/Closed: .*Midnight/)
  expect(await isInSight(command('Prepare refund'))).toBe(true)
  expect(await command('Read Midnight balance').isEnabled()).toBe(true)
  await examine(page, 'act-not-allowed')
  await page.keyboard.press('Escape')
})

test('over many', async () => {
  await page.getByRole('region', { name: 'Intent', exact: true }).waitFor({ state: 'detached' })
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  const bar = page.getByRole('region', { name: 'Picked intents' })
  await closed(bar.getByRole('button', { name: 'Prepare refund', exact: true }))
  expect(await bar.getByRole('button', { name: 'Add tag' }).isEnabled()).toBe(true)
  await examine(page, 'act-not-allowed-many')
  await page.keyboard.press('Escape')
})

test('on the page of its own, on a connection’s card, and in the empty log', async () => {
  await page.goto(new URL(`/intents/bare:${intentId}`, stage.running.origin).href)
  await closed(command('Prepare refund'))
  await goTo(page, 'Connections')
  await closed(command('Submit signed intent'))
  await goTo(page, 'Actions')
  await page.getByText(STARTED_WITHOUT).waitFor()
})
