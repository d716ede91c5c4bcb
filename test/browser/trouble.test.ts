import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BareFusion } from '../bareFusion.ts'
import { goTo } from './console.ts'
import { openFusionStage, type Stage } from './stage.ts'

const INTENT_ID = `0x${'ab'.repeat(32)}`
const NOW_MS = Date.now()

let stage: Stage
let fusion: BareFusion
let page: Page

beforeAll(async () => {
  const opened = await openFusionStage('lost')
  stage = opened
  ;({ fusion, page } = opened)
  await page.goto(stage.running.link)
})
afterAll(async () => {
  expect(await stage.close()).toBe(0)
})

test('with nothing wrong, Attention says so and on what ground', async () => {
  fusion.intents.set(INTENT_ID, JSON.stringify(anIntent('proofs_verified')))
  fusion.say('intent:new', anIntent('proofs_verified'))
  await goTo(page, 'Attention')
  await page.getByRole('heading', { name: 'Nothing needs you.' }).waitFor()
  await page.getByText(/^1 open intent is waiting normally; the longest for .* up to 5 min\)\.$/).waitFor()
})

test('a lost connection says why and when it tries again, and what was missed is repaired', async () => {
  fusion.shutOut()
  await page.getByRole('link', { name: /Fusion lost/ }).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const card = page.getByRole('list', { name: 'Connections' }).getByRole('listitem').first()
  await card.getByText(/^Attempt \d+ (in|now|passed).*\.$/).waitFor()
  await page.screenshot({ path: picture('connection-lost') })

  fusion.intents.set(INTENT_ID, JSON.stringify(anIntent('matched')))
  fusion.letIn()
  await card.getByRole('button', { name: 'Reconnect now' }).click()
  await card.getByText(/live$/).waitFor()
  await card.getByText(/^1 gap: when, why/).click()
  await card.getByText(/1 open intent read again/).waitFor()
  await page.screenshot({ path: picture('connection-repaired') })

  await goTo(page, 'Intents')
  await page.getByRole('gridcell', { name: 'matched', exact: true }).waitFor()
})

test('a frame that cannot be read is kept, and opens with its place, its reason and its text', async () => {
  fusion.say('intent:new', { intentId: INTENT_ID, status: { deep: ['wrong'] } })
  await goTo(page, 'Connections')
  const card = page.getByRole('list', { name: 'Connections' }).getByRole('listitem').first()
  await card.getByText('1 frame kept unread').click()
  await card.getByRole('button', { name: /intent:new at \$/ }).click()
  const dialog = page.getByRole('dialog', { name: 'A frame that could not be read' })
  await dialog.getByText('"deep"').waitFor()
  await dialog.getByText('$.status', { exact: true }).waitFor()
  await page.screenshot({ path: picture('connection-frame') })
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
})

test('a test of a connection that is not there names the step that fails', async () => {
  await fusion.close()
  const card = page.getByRole('list', { name: 'Connections' }).getByRole('listitem').first()
  await card.getByRole('button', { name: 'Test connection' }).click()
  await card.getByText('The test failed at “TCP”.').waitFor()
  await page.screenshot({ path: picture('connection-test-failed') })
  expect(stage.complaints).toEqual([])
})

function anIntent(status: string): object {
  return {
    intentId: INTENT_ID,
    status,
    amount: '1000',
    createdAt: NOW_MS,
    updatedAt: Date.now(),
    timestamp: Date.now(),
  }
}

function picture(name: string): string {
  return new URL(`screens/${name}.png`, import.meta.url).pathname
}
