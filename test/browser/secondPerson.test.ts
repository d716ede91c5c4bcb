import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readRequest } from '../../electron/engine/actions/approvalFiles.ts'
import type { BareFusion } from '../bareFusion.ts'
import { consent, rehearse } from './acting.ts'
import { examine } from './examine.ts'
import { isInSight } from './inSight.ts'
import { newPerson, type Person } from './person.ts'
import { acceptRefunds, newRefundable, PREPARE_REFUND } from './refundable.ts'
import { openFusionStage, type Stage } from './stage.ts'

/** M7 on the page: a command that needs a second person waits for the approval of one, and says whose it is before it is sent. */

const MINUTE_MS = 60_000
/** An address that no bus answers: whoever asks has a key in memory, whatever keychain this machine has. */
const NO_BUS = 'unix:path=/nowhere/bus'

let stage: Stage & { fusion: BareFusion }
let page: Page
let bob: Person
let count = 0

beforeAll(async () => {
  bob = await newPerson('Bob')
  const approvals = { commands: ['prepareRefund'], approvers: [bob.identity], minutes: 10 }
  stage = await openFusionStage('bare', {
    args: ['--allow-actions'],
    profile: { approvals },
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: NO_BUS },
  })
  page = stage.page
  await stage.context.grantPermissions(['clipboard-read', 'clipboard-write'], {
    origin: stage.running.origin,
  })
  acceptRefunds(stage.fusion)
  await page.goto(stage.running.link)
  await page.getByText('Actions allowed').waitFor()
})
beforeEach(() => {
  stage.fusion.reads.length = 0
})
afterAll(async () => {
  expect(stage.complaints).toEqual([])
  await stage.close()
})

/** Brings the refund of a new intent to its rehearsal. */
async function atRehearsal(): Promise<Locator> {
  count += 1
  const intentId = newRefundable(stage.fusion, count)
  await page.goto(new URL(`/intents/bare:${intentId}`, stage.running.origin).href)
  return rehearse(page, 'Prepare refund')
}

/** The request as a second person gets it. */
async function savedRequest(dialog: Locator): Promise<string> {
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save the request' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^approve-prepareRefund-\w{6}\.json$/)
  return readFileSync(await file.path(), 'utf8')
}

function approvalBox(dialog: Locator): Locator {
  return dialog.getByLabel('Paste the approval that they give back, or open its file')
}

function sentCount(): number {
  return stage.fusion.reads.filter((line) => line === PREPARE_REFUND).length
}

test('the request is saved or copied, the approval is pasted, named before it is sent, and sent with once', async () => {
  const dialog = await atRehearsal()
  const send = dialog.getByRole('button', { name: 'Send now' })
  const request = await savedRequest(dialog)
  expect(readRequest(request).shown.words).toBe('Prepare refund')
  await dialog.getByRole('button', { name: 'Copy the request' }).click()
  await dialog.getByText('Copied.').waitFor()
  const copied = readRequest(await page.evaluate(() => navigator.clipboard.readText()))
  expect(copied.hash).toBe(readRequest(request).hash)

  await consent(dialog, 'The maker asked for it.')
  await dialog.getByText('Still missing: the approval of a second person.').waitFor()
  expect(await send.isDisabled()).toBe(true)
  await approvalBox(dialog).fill(await bob.approve(request))
  await dialog.getByText('Approved by Bob.').waitFor()
  expect(await dialog.getByText('No second person.').count()).toBe(0)
  await send.dblclick()
  await dialog.getByRole('region', { name: 'Outcome' }).getByText('Accepted.').waitFor()
  expect(sentCount()).toBe(1)
  await dialog.getByRole('link', { name: 'Show it in Actions' }).click()
  await page.getByRole('region', { name: 'Action', exact: true }).getByText('by Bob').waitFor()
})

test('an approval that does not hold is refused with words as soon as it is there, and sends nothing', async () => {
  const dialog = await atRehearsal()
  const request = await savedRequest(dialog)
  const stranger = await newPerson('Bob')
  const good = await bob.approve(request)
  await consent(dialog, 'The maker asked for it.')
  const refused: [text: string, why: RegExp][] = [
    ['not an approval', /This is no approval of this console/],
    [await bob.approve(request, { requester: bob.identity.publicKey }), /Whoever asks cannot approve it too/],
    [await bob.approve(request, { approvedAtMs: Date.now() - 11 * MINUTE_MS }), /has expired\. Have another/],
    [await stranger.approve(request), /not among the approvers of the profile/],
    [await bob.approve(request, { hash: 'a'.repeat(64) }), /for another command/],
    [good.replace('Bob', 'Rob'), /was altered/],
  ]
  for (const [text, why] of refused) {
    await approvalBox(dialog).fill(text)
    await dialog.getByRole('alert').getByText(why).waitFor()
    expect(await dialog.getByRole('button', { name: 'Send now' }).isDisabled()).toBe(true)
  }
  expect(sentCount()).toBe(0)

  // Control: on the same ground a good one, from a file, is taken.
  await dialog
    .getByLabel('Open a file for the approval')
    .setInputFiles({ name: 'approval.json', mimeType: 'application/json', buffer: Buffer.from(good) })
  await dialog.getByText('Approved by Bob.').waitFor()
  await dialog.getByRole('button', { name: 'Send now' }).click()
  await dialog.getByRole('region', { name: 'Outcome' }).getByText('Accepted.').waitFor()
  expect(sentCount()).toBe(1)
})

test('on a small screen what is typed and pressed stays in sight while the request scrolls', async () => {
  const dialog = await atRehearsal()
  const needed = [
    dialog.getByRole('button', { name: 'Send now' }),
    dialog.getByLabel('Reason, kept in the log'),
    dialog.getByLabel('Last six characters of the id'),
  ]
  const seen = () => Promise.all(needed.map(isInSight))
  expect(await seen()).toEqual([true, true, true])
  await approvalBox(dialog).scrollIntoViewIfNeeded()
  expect(await isInSight(approvalBox(dialog))).toBe(true)
  expect(await seen()).toEqual([true, true, true])

  // Control: a window that scrolls as a whole has them out of sight.
  await dialog.evaluate((box) => {
    box.style.display = 'block'
    box.style.overflow = 'auto'
    box.scrollTop = 0
  })
  expect(await isInSight(dialog.getByRole('button', { name: 'Send now' }))).toBe(false)
})

test('the window with a second person, in both themes and sizes', async () => {
  const dialog = await atRehearsal()
  await approvalBox(dialog).fill(await bob.approve(await savedRequest(dialog)))
  await dialog.getByText('Approved by Bob.').waitFor()
  await examine(page, 'act-second-person')
})
