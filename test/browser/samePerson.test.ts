import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IDENTITY_ACCOUNT, type Identity } from '../../electron/vault/identities.ts'
import { startKeytarChild } from '../../electron/vault/keytarChild.ts'
import type { BareFusion } from '../bareFusion.ts'
import { openKeyringSession, type KeyringSession } from '../secrets/keyringSession.ts'
import { isSkippedWithout } from '../secrets/needs.ts'
import { runProgram } from '../secrets/program.ts'
import { consent, rehearse } from './acting.ts'
import { examine } from './examine.ts'
import { keptPerson } from './person.ts'
import { acceptRefunds, newRefundable, PREPARE_REFUND } from './refundable.ts'
import { openFusionStage, type Stage } from './stage.ts'

/** M7 on the page, with a real keyring and the real `identity` and `approve`: whoever asks is no second person. */

const isSkipped =
  process.platform !== 'linux' || isSkippedWithout('dbus-daemon', 'gnome-keyring-daemon', 'gdbus')

let keyring: KeyringSession
let stage: Stage & { fusion: BareFusion }
let page: Page

describe.skipIf(isSkipped)('two identities on one computer', () => {
  beforeAll(async () => {
    keyring = await openKeyringSession()
    const approvers = [await created('Ada'), await created('Ada at the desk')]
    stage = await openFusionStage('bare', {
      args: ['--allow-actions'],
      profile: { approvals: { commands: ['prepareRefund'], approvers } },
      env: keyring.env,
    })
    page = stage.page
    acceptRefunds(stage.fusion)
    await page.goto(stage.running.link)
    await page.getByText('Actions allowed').waitFor()
  })
  afterAll(async () => {
    await stage.close()
    await keyring.close()
  })

  test('one’s own approval is refused, and one by the other identity is called what it is before it is sent', async () => {
    const intentId = newRefundable(stage.fusion, 1)
    await page.goto(new URL(`/intents/bare:${intentId}`, stage.running.origin).href)
    const dialog = await rehearse(page, 'Prepare refund')
    await consent(dialog, 'The maker asked for it.')
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Save the request' }).click()
    const request = readFileSync(await (await download).path(), 'utf8')

    const box = dialog.getByLabel('Paste the approval that they give back, or open its file')
    const ada = await keptPerson(await keptIdentities())
    await box.fill(await ada.approve(request))
    await dialog.getByRole('alert').getByText('Whoever asks cannot approve it too').waitFor()
    expect(await dialog.getByRole('button', { name: 'Send now' }).isDisabled()).toBe(true)

    const { approval, said } = await approvedAs('Ada at the desk', request, intentId)
    expect(said).toContain('a second confirmation only')
    await box.fill(approval)
    await dialog.getByText('No second person.').first().waitFor()
    await dialog.getByText('Reason, kept in the log').waitFor()
    expect(stage.fusion.reads).not.toContain(PREPARE_REFUND)
    await examine(page, 'act-same-person')
    await dialog.getByRole('button', { name: 'Send now' }).click()
    await dialog.getByRole('region', { name: 'Outcome' }).getByText('Accepted.').waitFor()
    await dialog.getByRole('link', { name: 'Show it in Actions' }).click()
    await page.getByText(/by Ada at the desk.*only a second confirmation by the same person/).waitFor()
  })
})

/** Makes an identity in the keyring as a person does. */
async function created(name: string): Promise<Identity> {
  const { env, folder } = keyring
  const said = await runProgram(['identity', 'create', name, '--json', '--data', join(folder, 'data')], {
    env,
  })
  return JSON.parse(/^\{.*\}$/m.exec(said)?.[0] ?? '') as Identity
}

/** All that the keyring keeps of identities, private keys too. */
async function keptIdentities(): Promise<string> {
  const url = new URL('../../electron/keychain.ts', import.meta.url)
  const child = startKeytarChild({ url, env: keyring.env })
  try {
    return (await child.ask({ verb: 'get', account: IDENTITY_ACCOUNT })) ?? ''
  } finally {
    child.close()
  }
}

/** What `intent-console approve` makes of a request, and what it says. */
async function approvedAs(
  name: string,
  request: string,
  intentId: string,
): Promise<{ approval: string; said: string }> {
  const { env, folder } = keyring
  const [file, out] = [join(folder, 'request.json'), join(folder, 'approval.json')]
  writeFileSync(file, request)
  const said = await runProgram(
    ['approve', file, '--as', name, '--out', out, '--data', join(folder, 'data')],
    { env, input: `${intentId.slice(-6)}\n` },
  )
  return { approval: readFileSync(out, 'utf8'), said }
}
