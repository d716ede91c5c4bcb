import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { goTo, gridRows, openPage } from './console.ts'
import { openFusionStage, type Stage } from './stage.ts'
import { XSS_VECTORS } from './xssVectors.ts'

const NOW_MS = Date.now()

let stage: Stage
let fusion: BareFusion
let page: Page

beforeAll(async () => {
  const opened = await openFusionStage('hostile')
  stage = opened
  ;({ fusion, page } = opened)
  page.on('dialog', (dialog) => {
    stage.complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  for (const [at, vector] of XSS_VECTORS.entries()) fusion.say('intent:new', intentWith(at, vector))
  fusion.say('intent:new', {
    intentId: XSS_VECTORS[0],
    status: { '<img src=x onerror=window.__pwned=1>': 1 },
  })
  fusion.say('<img src=x onerror=window.__pwned=1>', { intentId: XSS_VECTORS[5] })
  await page.goto(stage.running.link)
  await gridRows(page).nth(10).waitFor()
})
afterAll(async () => {
  expect(await stage.close()).toBe(0)
})

test('the page would have noticed: the same text as markup runs', async () => {
  const careless = await openPage(stage.browser)
  await careless.page.setContent(XSS_VECTORS[5] ?? '')
  await careless.page.waitForFunction(() => '__pwned' in window)
  await careless.context.close()
})

test('the page would have complained: a breach of its content policy is heard', async () => {
  const stranger = await openPage(stage.browser)
  await stranger.page.goto(stage.running.link)
  await gridRows(stranger.page).first().waitFor()
  expect(stranger.complaints).toEqual([])
  await stranger.page.evaluate(() => {
    const picture = document.createElement('img')
    picture.src = 'http://evil.example/x.png'
    document.body.append(picture)
  })
  await until('the complaint', () =>
    stranger.complaints.some((complaint) => complaint.startsWith('policy: img-src')),
  )
  await stranger.context.close()
})

test('hostile words of a system stay text in the grid and in every intent', async () => {
  for (const [at, vector] of XSS_VECTORS.entries()) {
    await page.getByRole('searchbox', { name: 'Find' }).fill(idOf(at))
    await page.getByRole('searchbox', { name: 'Find' }).press('Enter')
    const intent = page.getByRole('region', { name: 'Intent', exact: true })
    await intent.getByText(vector, { exact: false }).first().waitFor()
    await page.keyboard.press('Escape')
    await intent.waitFor({ state: 'detached' })
  }
  await nothingRan()
})

test('hostile words stay text on every other screen', async () => {
  await goTo(page, 'Connections')
  const card = page.getByRole('list', { name: 'Connections' }).getByRole('listitem').first()
  await card.getByText('<img src=x onerror=window.__pwned=1>', { exact: true }).first().waitFor()
  await card.getByText(/kept unread/).click()
  await card.getByRole('button', { name: /intent:new at/ }).click()
  await page.getByRole('dialog').getByText('onerror=window.__pwned=1').first().waitFor()
  await page.keyboard.press('Escape')
  for (const screen of ['Attention', 'Mempool', 'Actions', 'Archive', 'Settings']) await goTo(page, screen)
  await nothingRan()
})

async function nothingRan(): Promise<void> {
  expect(await page.evaluate(() => '__pwned' in window)).toBe(false)
  expect(stage.complaints).toEqual([])
}

function idOf(at: number): string {
  return `0x${(at + 1).toString(16).padStart(2, '0').repeat(32)}`
}

/** One intent that says the vector wherever a system may say a word of its own. */
function intentWith(at: number, vector: string): object {
  return {
    intentId: idOf(at),
    status: vector,
    proofStatus: vector,
    solver: vector,
    fromChain: 84532,
    toChain: 421614,
    amount: '1000',
    error: vector,
    failureReason: vector,
    htlcState: { [vector]: vector },
    txHashes: { [vector]: vector },
    createdAt: NOW_MS,
    updatedAt: NOW_MS + at,
    timestamp: NOW_MS + at,
  }
}
