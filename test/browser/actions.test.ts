import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askedFor, commandDialog, consent, descriptionOf, rehearse } from './acting.ts'
import { until } from '../until.ts'
import { goTo, gridRows, startConsole } from './console.ts'
import { openStage, type Stage } from './stage.ts'

/** Midnight's chain id: where the refund end points of the Fusion backend are at home. */
const MIDNIGHT = '2147483647'
/** Locks of the sandbox are final after some minutes of its own time; at its rate that is within this, milliseconds. */
const FINAL_WITHIN_MS = 90_000
const REASON = 'The maker asked for it, ticket 4711.'

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage(() => startConsole(['--demo', '--seed', '7', '--rate', '6', '--allow-actions']))
  page = stage.page
  await page.goto(stage.running.link)
  await gridRows(page).first().waitFor()
})
afterAll(async () => {
  expect(stage.complaints).toEqual([])
  expect(await stage.close()).toBe(0)
})

function intentRegion(): Locator {
  return page.getByRole('region', { name: 'Intent', exact: true })
}

function refundButton(): Locator {
  return intentRegion().getByRole('button', { name: 'Prepare refund', exact: true })
}

/** Lists what matches a query and opens one row after the other until `isRight` says so. */
async function openFirst(query: string, isRight: () => Promise<boolean>): Promise<void> {
  const address = `/intents?sort=phaseSince&isAscending=true&query=${encodeURIComponent(query)}`
  await page.goto(new URL(address, stage.running.origin).href)
  await gridRows(page).filter({ hasText: '0x' }).first().waitFor()
  for (let left = await gridRows(page).count(); left > 0; left -= 1) {
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await refundButton().waitFor()
    if (await isRight()) return
  }
  throw new Error(`None of the intents that match ${query} is the one that is looked for.`)
}

/** Opens a failed intent of Midnight whose refund can be prepared now. */
function openRefundable(): Promise<void> {
  return openFirst(`system:fusion phase:failed is:at-risk chain:${MIDNIGHT}`, async () => {
    const source = await intentRegion().locator('.ends dd').first().innerText()
    return source.includes('Midnight') && (await refundButton().isEnabled())
  })
}

/** The session that the last answer named. */
async function sessionOf(dialog: Locator): Promise<string> {
  const session = dialog
    .locator('dt', { hasText: 'Refund session id' })
    .locator('xpath=following-sibling::dd[1]')
  return session.locator('code').innerText()
}

test('by keyboard alone: prepare a refund, see the request, confirm', async () => {
  await openRefundable()
  await tabTo('Prepare refund')
  await page.keyboard.press('Enter')
  const dialog = commandDialog(page, 'Prepare refund')
  await dialog.waitFor()
  await tabTo('Rehearse')
  await page.keyboard.press('Enter')
  await dialog.getByRole('group', { name: 'Rehearsal' }).waitFor()
  for (const box of await dialog.getByRole('checkbox').all()) {
    await tabTo(await box.evaluate((one) => one.closest('label')?.textContent.trim() ?? ''))
    await page.keyboard.press('Space')
  }
  await tabTo('Reason, kept in the log')
  await page.keyboard.type(REASON)
  await page.keyboard.press('Tab')
  await page.keyboard.type(await askedFor(dialog.getByLabel('Last six characters of the id')))
  await page.keyboard.press('Tab')
  await page.keyboard.type(await askedFor(dialog.getByLabel('Amount', { exact: true })))
  await page.keyboard.press('Tab')
  expect(await focusedName()).toBe('Send now')
  await page.keyboard.press('Enter')
  expect(await dialog.getByRole('region', { name: 'Outcome' }).count()).toBe(0)
  await page.keyboard.press('Space')
  await dialog.getByRole('region', { name: 'Outcome' }).getByText('Accepted.').waitFor()
  await tabTo('Done')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  // On from where it was, not from the top of the page.
  await until('the commands to have the focus', () => focusedWithin('Commands'))
  await intentRegion()
    .getByText(/^Last done: Prepare refund, accepted/)
    .waitFor()
  await intentRegion()
    .getByRole('list', { name: 'Timeline' })
    .getByText(/Prepare refund: accepted/i)
    .first()
    .waitFor()
})

// On the same intent: that a refund was prepared before cannot be checked away, so it has to be acknowledged.
test('a refund: prepared, its request seen, confirmed, its transaction reported, and the intent refunded', async () => {
  await openRefundable()
  const dialog = await rehearse(page, 'Prepare refund')
  const sent = dialog.getByRole('region', { name: 'What will be sent' })
  await sent.getByText('POST').waitFor()
  await sent.getByText(/\/api\/midnight\/refund\/prepare$/).waitFor()
  await sent.getByText('"intentId"').waitFor()
  const send = dialog.getByRole('button', { name: 'Send now' })
  expect(await send.isDisabled()).toBe(true)
  await consent(dialog, REASON)
  await send.click()
  await dialog.getByRole('region', { name: 'Outcome' }).getByText('Accepted.').waitFor()
  const session = await sessionOf(dialog)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await intentRegion()
    .getByRole('list', { name: 'Timeline' })
    .getByText(/Prepare refund: accepted/i)
    .nth(1)
    .waitFor()

  const report = await rehearse(page, 'Report refund submitted', async (form) => {
    // What the first answer named stands there already.
    await until('the session to be known', async () => {
      return (await form.getByLabel('Refund session', { exact: true }).inputValue()) === session
    })
    await form.getByLabel('Hash of the refund transaction').fill(`0x${'5e'.repeat(32)}`)
  })
  await consent(report, REASON)
  await report.getByRole('button', { name: 'Send now' }).click()
  await report.getByRole('region', { name: 'Outcome' }).getByText('Accepted.').waitFor()
  await report.getByRole('button', { name: 'Done' }).click()
  await intentRegion()
    .getByRole('heading', { level: 2, name: /refunded/i })
    .waitFor({ timeout: FINAL_WITHIN_MS })
})

test('Actions: the log says what, about which, with what outcome, who and why; its rows open by keyboard', async () => {
  await goTo(page, 'Actions')
  const table = page.getByRole('table', { name: 'Actions' })
  await table.getByRole('row').nth(3).waitFor()
  expect(await table.getByRole('row', { name: /Accepted .*ticket 4711/ }).count()).toBe(3)
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const action = page.getByRole('region', { name: 'Action', exact: true })
  await action.getByRole('heading', { name: 'Prepare refund' }).waitFor()
  const steps = action.getByRole('list', { name: 'Steps' }).getByRole('listitem')
  expect(await steps.first().innerText()).toContain('Kept on disk')
  await page.keyboard.press('Escape')
  await action.waitFor({ state: 'detached' })

  await page.getByLabel('Text').fill('report')
  await page.waitForURL(/text=report/)
  await table.getByRole('row', { name: /^.*Report refund submitted/ }).waitFor()
  expect(await table.getByRole('row').count()).toBe(2)
  await page.getByLabel('Text').fill('no such words')
  await page.getByRole('button', { name: 'Show all' }).click()
  await table
    .getByRole('row', { name: /Prepare refund/ })
    .first()
    .waitFor()
})

test('one whose timelock still runs shows the closed action with the reason and a countdown that ticks', async () => {
  await openFirst(`system:fusion phase:executing is:at-risk chain:${MIDNIGHT}`, async () => {
    if (await refundButton().isEnabled()) return false
    return /Opens in/.test(await descriptionOf(refundButton()))
  })
  const before = await descriptionOf(refundButton())
  expect(before).toMatch(/source timelock runs until .* Opens in \d/)
  await page.waitForFunction(([id, text]) => document.getElementById(id)?.innerText !== text, [
    (await refundButton().getAttribute('aria-describedby')) ?? '',
    before,
  ] as const)
})

test('notes and tags stand on the intent and in its timeline, and a tag finds it', async () => {
  await openFirst('system:fusion is:open', () => Promise.resolve(true))
  const remarks = intentRegion().getByRole('region', { name: 'Notes and tags' })
  await remarks.getByRole('button', { name: 'Add a note' }).click()
  await remarks.getByLabel('Note', { exact: true }).fill('Called the maker back.')
  await page.keyboard.press('Enter')
  await remarks.getByRole('list', { name: 'Notes' }).getByText('Called the maker back.').waitFor()
  await intentRegion()
    .getByRole('list', { name: 'Timeline' })
    .getByText(/Called the maker back/)
    .waitFor()
  await remarks.getByRole('button', { name: 'Add a tag' }).click()
  await remarks.getByLabel('Tag', { exact: true }).fill('night-shift')
  await page.keyboard.press('Enter')
  await remarks.getByRole('list', { name: 'Tags' }).getByText('night-shift').waitFor()

  const find = page.getByRole('searchbox', { name: 'Find' })
  await find.fill('tag:night-shift')
  await find.press('Enter')
  await page.waitForURL(/tag/)
  await page.getByText(/^1 intent ·/).waitFor()
  await gridRows(page).nth(1).waitFor({ state: 'detached' })
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await remarks.getByRole('button', { name: 'Remove the tag night-shift' }).click()
  await remarks.getByRole('list', { name: 'Tags' }).waitFor({ state: 'detached' })
})

test('many at once: picked by keyboard, tagged, with what became of each', async () => {
  await page.goto(new URL('/intents', stage.running.origin).href)
  await gridRows(page).filter({ hasText: 'Fusion' }).nth(1).waitFor()
  await page.keyboard.press('j')
  // Until the rows are held, a new one may push the others down between two presses.
  await page.getByText('held still while you read').waitFor()
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+J')
  await page.keyboard.press('Shift+J')
  const bar = page.getByRole('region', { name: 'Picked intents' })
  await bar.getByText('3 selected').waitFor()
  await bar.getByRole('button', { name: 'Add tag' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add tag: 3 intents' })
  await dialog.getByLabel('Tag', { exact: true }).fill('checked')
  await dialog.getByRole('button', { name: 'See for which it can be done' }).click()
  await dialog.getByRole('button', { name: 'Do it for 3' }).click()
  await dialog.getByText('3 of 3 done').waitFor()
  expect(await dialog.getByRole('list', { name: 'Each intent' }).getByText('done').count()).toBe(3)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.keyboard.press('Escape')
  await bar.waitFor({ state: 'detached' })
})

test('a long form that lacks something leads to it, in sight', async () => {
  await goTo(page, 'Connections')
  await page.getByRole('button', { name: 'Create intent', exact: true }).click()
  const dialog = commandDialog(page, 'Create intent')
  await until('the first field to have the focus', async () => (await focusedName()) === 'Quote')
  await dialog.getByLabel('Quote', { exact: true }).fill('q-1')
  await dialog.getByRole('button', { name: 'Rehearse' }).click()
  await dialog.getByText('From is needed.').waitFor()
  await until('the field that lacks to have the focus', async () => {
    return page.evaluate(() => {
      const focused = document.activeElement
      const head = document.querySelector('.dialog-head')?.getBoundingClientRect().bottom ?? Infinity
      return focused?.id !== '' && (focused?.getBoundingClientRect().top ?? 0) > head
    })
  })
  expect(
    await dialog
      .locator('textarea')
      .first()
      .evaluate((one) => one === document.activeElement),
  ).toBe(true)
  await dialog.getByRole('button', { name: 'Close' }).click()
})

test('a silenced intent leaves Attention and is counted as set aside', async () => {
  await goTo(page, 'Attention')
  const line = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: /^Silence / }) })
    .first()
  const name = (await line.getByRole('button', { name: /^Silence / }).getAttribute('aria-label')) ?? ''
  await line.getByRole('button', { name }).click()
  await line.getByLabel('Reason').fill('The resolver is on it.')
  await line.getByLabel('Silence until').selectOption('for 8 hours')
  await line.getByRole('button', { name: 'Silence', exact: true }).click()
  await page.getByText(/^Set aside: 1 silenced intent\./).waitFor()
  expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)
})

/** Whether a group of this name, or something in it, has the focus. */
async function focusedWithin(name: string): Promise<boolean> {
  const group = page.getByRole('group', { name, exact: true })
  return group.evaluate((one) => one.contains(document.activeElement))
}

/** The label of what has the focus, or its text. */
async function focusedName(): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement
    const label = focused instanceof HTMLInputElement ? focused.labels?.[0] : focused
    return (label?.textContent ?? '').trim()
  })
}

/** Presses Tab until the focus is on what has this name. */
async function tabTo(name: string): Promise<void> {
  /** More stops than any window of the console has. */
  const mostStops = 40
  for (let stops = 0; stops < mostStops; stops += 1) {
    if ((await focusedName()) === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${name}.`)
}
