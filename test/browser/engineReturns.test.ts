import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../until.ts'
import { goTo, gridRows, openPage, startConsole, type RunningConsole } from './console.ts'
import { openStage, type Stage } from './stage.ts'

let running: RunningConsole
let stage: Stage
let page: Page
let port: string

beforeAll(async () => {
  stage = await openStage(() => startConsole(['--demo', '--seed', '5']))
  ;({ page, running } = stage)
  port = new URL(running.link).port
  await page.goto(running.link)
  await gridRows(page).nth(3).waitFor()
})
afterAll(async () => {
  await stage.browser.close()
  expect(await running.close()).toBe(0)
})

const lost = () => page.getByText('This page has lost its console')

/** How often anything asked for a socket with a token of another run. */
const refusals = (): number => running.log().split('The token is not the one of this run').length - 1

test('a console that crashed leaves what was seen on the page, with a word about its age and what to do', async () => {
  await running.kill()
  await lost().waitFor()
  await page.getByText('The console does not answer.').waitFor()
  await page.getByText('open the link that it printed').waitFor()
  await gridRows(page).first().waitFor()
  // A browser writes every attempt that finds nobody into its log, and what a lost page logs is not what is asked here.
  stage.complaints.length = 0
})

test('when another run answers on the same port, the page says that it needs the new link', async () => {
  running = await startConsole(['--demo', '--seed', '5', '--port', port])
  await page.getByRole('button', { name: 'Try now' }).click()
  await page.getByText('The console was started again and does not know this page any more.').waitFor()
  await page.getByText('Open the link that it printed when it started.').waitFor()
})

test('a page that keeps asking with its old token does not lock the new one out', async () => {
  await until('many refusals', async () => {
    await page.getByRole('button', { name: 'Try now' }).click()
    return refusals() > 25
  })
  const beside = await openPage(stage.browser)
  await beside.page.goto(running.link)
  await gridRows(beside.page).first().waitFor()
  await beside.context.close()
})

test('a reload alone does not help, and says the same', async () => {
  await page.reload()
  await page.getByText('The console was started again and does not know this page any more.').waitFor()
})

test('the new link in the same tab does: only its fragment is new, and the page begins anew', async () => {
  await page.goto(running.link)
  await gridRows(page).first().waitFor()
  await lost().waitFor({ state: 'detached' })
  expect(new URL(page.url()).hash).toBe('')
})

test('a console that stops in peace and comes back is the same case', async () => {
  expect(await running.close()).toBe(0)
  await lost().waitFor()
  running = await startConsole(['--demo', '--seed', '5', '--port', port])
  await page.goto(running.link)
  await gridRows(page).first().waitFor()
  await goTo(page, 'Connections')
})
