import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consent, rehearse } from './acting.ts'
import { goTo } from './console.ts'
import { examine } from './examine.ts'
import { newRefundable, PREPARE_REFUND } from './refundable.ts'
import { openFusionStage, type Stage } from './stage.ts'
import type { BareFusion } from '../bareFusion.ts'

let stage: Stage & { fusion: BareFusion }
let page: Page

beforeAll(async () => {
  const profile = { name: 'payments', environment: 'production', readOnly: false }
  stage = await openFusionStage('bare', { args: ['--allow-actions'], profile })
  page = stage.page
  stage.fusion.answer = (request, response) => {
    if (`${request.method ?? ''} ${request.url ?? ''}` !== PREPARE_REFUND) return false
    response.destroy()
    return true
  }
  await page.goto(stage.running.link)
  await page.getByText(/Locked$/).waitFor()
})
afterAll(async () => {
  expect(stage.complaints).toEqual([])
  await stage.close()
})

function openIntent(intentId: string): Promise<unknown> {
  return page.goto(new URL(`/intents/bare:${intentId}`, stage.running.origin).href)
}

function titleOf(): Promise<string> {
  return page.title()
}

test('production starts locked: every command that changes something is closed and says so', async () => {
  await openIntent(newRefundable(stage.fusion, 1))
  const button = page.getByRole('button', { name: 'Prepare refund', exact: true })
  await button.waitFor()
  expect(await button.isDisabled()).toBe(true)
  await page
    .getByText(/production profile “payments” is locked/)
    .first()
    .waitFor()
  await examine(page, 'act-locked')
})

test('it is unlocked for minutes with a reason and the profile’s name typed, and the title of the window says so', async () => {
  await page.getByRole('button', { name: 'Unlock' }).click()
  const dialog = page.getByRole('dialog', { name: 'Unlock payments' })
  const unlock = dialog.getByRole('button', { name: 'Unlock' })
  await dialog.getByLabel('Reason, kept in the log').fill('Refunds of the night.')
  expect(await unlock.isDisabled()).toBe(true)
  await dialog.getByLabel('Name of the profile').fill('payments')
  await examine(page, 'act-unlock')
  await unlock.click()
  await page.getByText(/Unlocked 0[45]:\d\d left/).waitFor()
  expect(await titleOf()).toMatch(/^Unlocked 0[45]:\d\d left · payments/)
})

test('the window of a command: conditions, the request, consent, the outcome', async () => {
  const dialog = await atRehearsal()
  await examine(page, 'act-rehearsed')
  await consent(dialog, 'The maker asked for it.')
  await examine(page, 'act-consent')
  await dialog.getByRole('button', { name: 'Send now' }).click()
  await dialog.getByRole('region', { name: 'Outcome' }).getByText('Not known.').waitFor()
  await examine(page, 'act-unknown')
  await dialog.getByRole('link', { name: 'Show it in Actions' }).click()
})

test('what is not known stands on top of Actions and in Attention', async () => {
  const action = page.getByRole('region', { name: 'Action', exact: true })
  await action.getByRole('list', { name: 'Steps' }).getByRole('listitem').nth(1).waitFor()
  await page.getByText('The profile’s lock: 1 step').click()
  await page.getByRole('list', { name: 'Steps of the lock' }).getByText('Refunds of the night.').waitFor()
  await examine(page, 'actions-opened')
  await goTo(page, 'Attention')
  await page.getByRole('region', { name: /^Actions that need you/ }).waitFor()
  await examine(page, 'attention-actions')
})

test('Lock closes it before its minutes are over', async () => {
  await page.getByRole('button', { name: 'Lock', exact: true }).click()
  await page.getByText(/Locked$/).waitFor()
  expect(await titleOf()).toBe('Intent Console')
})

async function atRehearsal(): Promise<Locator> {
  await openIntent(newRefundable(stage.fusion, 2))
  return rehearse(page, 'Prepare refund')
}
