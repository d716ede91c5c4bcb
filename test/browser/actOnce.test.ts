import type { ServerResponse } from 'node:http'
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { until } from '../until.ts'
import { consent, rehearse } from './acting.ts'
import { openPage } from './console.ts'
import { newRefundable as newRefundableIntent, PREPARE_REFUND } from './refundable.ts'
import { openFusionStage, type Stage } from './stage.ts'
import type { BareFusion } from '../bareFusion.ts'

/** M1: however often and from wherever a person presses, the other end counts one request for each confirmed command. */

let stage: Stage & { fusion: BareFusion }
let page: Page
let count = 0
/** Answers that are held back until a test lets them go. */
let held: ServerResponse[] = []
let isHolding = false

beforeAll(async () => {
  stage = await openFusionStage('bare', { args: ['--allow-actions'] })
  page = stage.page
  await enter(page)
  stage.fusion.answer = (request, response) => {
    const path = request.url ?? ''
    if (`${request.method ?? ''} ${path}` === PREPARE_REFUND) {
      if (isHolding) held.push(response)
      else accept(response)
      return true
    }
    return false
  }
})
beforeEach(() => {
  held = []
  isHolding = false
  stage.fusion.reads.length = 0
})
afterAll(async () => {
  await stage.close()
})

/** Opens the console with its token, and waits until the page has kept that. */
async function enter(watched: Page): Promise<void> {
  await watched.goto(stage.running.link)
  await watched.getByText('Actions allowed').waitFor()
}

function accept(response: ServerResponse): void {
  response.writeHead(201, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ refundSessionId: 'refund-1' }))
}

/** How many requests to prepare a refund the other end has seen. */
function sentCount(): number {
  return stage.fusion.reads.filter((line) => line === PREPARE_REFUND).length
}

/** One more intent whose refund has opened; answers its id. */
function newRefundable(): string {
  count += 1
  return newRefundableIntent(stage.fusion, count)
}

/** Opens an intent on a page of its own and brings its refund to where only the press is missing. */
async function readyToSend(watched: Page, intentId: string): Promise<Locator> {
  await watched.goto(new URL(`/intents/bare:${intentId}`, stage.running.origin).href)
  const dialog = await rehearse(watched, 'Prepare refund')
  await consent(dialog, 'The maker asked for it.')
  return dialog.getByRole('button', { name: 'Send now' })
}

test('a double click sends once', async () => {
  const send = await readyToSend(page, newRefundable())
  await send.dblclick()
  await page.getByRole('region', { name: 'Outcome' }).getByText('Accepted.').waitFor()
  expect(sentCount()).toBe(1)
})

test('control: two drafts, each confirmed, are counted as two, so that the count would show a second one', async () => {
  for (const intentId of [newRefundable(), newRefundable()]) {
    await (await readyToSend(page, intentId)).click()
    await page.getByRole('region', { name: 'Outcome' }).getByText('Accepted.').waitFor()
  }
  expect(sentCount()).toBe(2)
})

test('Enter held in the last field sends nothing, and the space bar held on the button sends once', async () => {
  const send = await readyToSend(page, newRefundable())
  await page.getByLabel('Amount', { exact: true }).focus()
  for (let pressed = 0; pressed < 20; pressed += 1) await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  expect(sentCount()).toBe(0)
  await send.focus()
  for (let pressed = 0; pressed < 20; pressed += 1) await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  expect(sentCount()).toBe(0)
  for (let pressed = 0; pressed < 20; pressed += 1) await page.keyboard.press('Space')
  await page.getByRole('region', { name: 'Outcome' }).getByText('Accepted.').waitFor()
  expect(sentCount()).toBe(1)
})

test('two windows: the second one is told of the first one’s action, and nothing is sent twice', async () => {
  const intentId = newRefundable()
  const other = await openPage(stage.browser)
  await enter(other.page)
  const first = await readyToSend(page, intentId)
  const second = await readyToSend(other.page, intentId)
  isHolding = true
  await first.click()
  await until('the first request', () => held.length === 1)
  await second.click()
  await other.page
    .getByRole('region', { name: 'Outcome' })
    .getByText(/Refused|Not sent/)
    .waitFor()
  held.forEach(accept)
  await page.getByRole('region', { name: 'Outcome' }).getByText('Accepted.').waitFor()
  expect(sentCount()).toBe(1)
  await other.context.close()
})

test('a reload in the middle of sending: the action goes on, is shown, and is not sent again', async () => {
  const send = await readyToSend(page, newRefundable())
  isHolding = true
  await send.click()
  await until('the request', () => held.length === 1)
  await page.reload()
  const button = page.getByRole('button', { name: 'Prepare refund', exact: true })
  await page.getByRole('link', { name: 'Show the one that is not settled' }).first().waitFor()
  expect(await button.isDisabled()).toBe(true)
  held.forEach(accept)
  await page
    .getByRole('list', { name: 'Timeline' })
    .getByText(/Prepare refund: accepted/i)
    .waitFor()
  expect(sentCount()).toBe(1)
})

test('an intent that moved between rehearsal and consent is refused with the difference, and nothing is sent', async () => {
  const intentId = newRefundable()
  const send = await readyToSend(page, intentId)
  const moved = JSON.parse(stage.fusion.intents.get(intentId) ?? '{}') as Record<string, unknown>
  stage.fusion.intents.set(intentId, JSON.stringify({ ...moved, amount: '1' }))
  await send.click()
  const table = page.getByRole('table', { name: 'What moved since it was rehearsed' })
  await table.getByRole('row', { name: /Amount/ }).waitFor()
  expect(await table.innerText()).toContain('45470000')
  expect(sentCount()).toBe(0)
  await page.getByRole('button', { name: 'Rehearse again' }).click()
  await page.getByRole('button', { name: 'Rehearse', exact: true }).waitFor()
})

test('no answer: not known, on top of Actions, no second one before a person has settled it', async () => {
  const intentId = newRefundable()
  const send = await readyToSend(page, intentId)
  isHolding = true
  await send.click()
  await until('the request', () => held.length === 1)
  for (const response of held) response.destroy()
  await page.getByRole('region', { name: 'Outcome' }).getByText('Not known.').waitFor()
  await page.getByRole('link', { name: 'Show it in Actions' }).click()
  const action = page.getByRole('region', { name: 'Action', exact: true })
  await action.getByText('Not known.').waitFor()
  await page.getByRole('navigation').getByText('not settled, or carried out late').waitFor()
  await action.getByRole('button', { name: 'Settle it' }).click()
  const dialog = page.getByRole('dialog', { name: 'Settle: Prepare refund' })
  const settle = dialog.getByRole('button', { name: 'Settle', exact: true })
  expect(await settle.isDisabled()).toBe(true)
  await dialog.getByLabel('No, it was not carried out').check()
  await dialog.getByLabel('How you know, kept in the log').fill('The operator of the backend looked.')
  await settle.click()
  await action.getByText('Not carried out.').waitFor()
  expect(sentCount()).toBe(1)
})
