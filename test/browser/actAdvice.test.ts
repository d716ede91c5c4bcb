import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BareFusion } from '../bareFusion.ts'
import { consent, rehearse } from './acting.ts'
import { examine } from './examine.ts'
import { newRefundable, PREPARE_REFUND } from './refundable.ts'
import { openFusionStage, type Stage } from './stage.ts'

/** What a refusal means and what may be done now stands wherever the refusal does. */

/** Longer than a line, as hashes in the sentences of systems are. */
const LONG_WORD = `REFUND_IN_PROGRESS_${'0'.repeat(120)}`

let stage: Stage & { fusion: BareFusion }
let page: Page

beforeAll(async () => {
  stage = await openFusionStage('bare', { args: ['--allow-actions'] })
  page = stage.page
  stage.fusion.answer = (request, response) => {
    if (`${request.method ?? ''} ${request.url ?? ''}` !== PREPARE_REFUND) return false
    response.writeHead(409, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: LONG_WORD }))
    return true
  }
  await page.goto(stage.running.link)
  await page.getByText('Actions allowed').waitFor()
})
afterAll(async () => {
  expect(stage.complaints).toEqual([])
  await stage.close()
})

test('a refusal says what to do: in the window of the command, on the timeline and in the log', async () => {
  const intentId = newRefundable(stage.fusion, 1)
  await page.goto(new URL(`/intents/bare:${intentId}`, stage.running.origin).href)
  const dialog = await rehearse(page, 'Prepare refund')
  await consent(dialog, 'The maker asked for it.')
  await dialog.getByRole('button', { name: 'Send now' }).click()
  const outcome = dialog.getByRole('region', { name: 'Outcome' })
  await outcome.getByText('Refused.').waitFor()
  await outcome.getByText('REFUND_IN_PROGRESS').first().waitFor()
  expect(await cutOff()).toEqual([])
  // Control: where long words are not broken, it is found.
  await dialog.evaluate((box) => (box.style.overflowWrap = 'normal'))
  expect(await cutOff()).toEqual(['dialog-scroll'])
  await dialog.evaluate((box) => (box.style.overflowWrap = ''))
  const told = await outcome.getByText(/^What to do: ./).innerText()
  await examine(page, 'act-refused')

  const advice = told.replace('What to do: ', '')
  const step = page.getByRole('list', { name: 'Timeline' }).getByText(`Prepare refund: refused. ${advice}`)
  await dialog.getByRole('link', { name: 'Show it in Actions' }).click()
  const action = page.getByRole('region', { name: 'Action', exact: true })
  await action.getByText(told).waitFor()
  expect(await cutOff()).toEqual([])
  await examine(page, 'actions-refused')
  await action.getByRole('link', { name: 'Open the intent' }).click()
  await step.waitFor()
  await step.click()
  await page.getByRole('region', { name: /^Entry .*: Prepare refund: refused/ }).waitFor()
  expect(await cutOff()).toEqual([])
  await examine(page, 'timeline-refused')
})

/** Parts of the page that are wider than what is seen of them. */
function cutOff(): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.dialog, .dialog-scroll, .action-detail, .intent-scroll, .inspector')]
      .filter((part) => part.scrollWidth > part.clientWidth)
      .map((part) => part.className),
  )
}
