import { describe, expect, it } from 'vitest'
import { foldedSubmission } from '../../../../test/flashnetFacts.ts'
import { givenTo, notMet, standing, wrongs } from '../../../../test/flashnetGiven.ts'
import { CHAIN_ID, flashnetWallet, SATS } from '../../../../test/flashnetWallet.ts'
import type { Intent } from '../../../../shared/intent/intent.ts'
import { submitClawback } from './submitClawback.ts'

const NOW_MS = 1_795_269_600_000
const EXPIRES_AT_MS = NOW_MS + 15 * 60_000
const TRANSFER = SATS.sparkTransferId
const SETTINGS = { chainId: CHAIN_ID }
const wallet = flashnetWallet('7c'.repeat(32))
const file = wallet.clawback(EXPIRES_AT_MS, TRANSFER)
const FAILED = { status: 'EXPIRED', deposits: [SATS] }

function given(intent: Intent | null, settings: object = SETTINGS, nowMs = NOW_MS) {
  return givenTo(submitClawback, { signedClawback: file }, { nowMs, settings, intent })
}

it('sends the body of the page byte for byte', () => {
  expect(submitClawback.request(given(null)).body).toBe(
    `{"chainId":21022,"deposits":[],"clawback":{"sparkTxid":"${TRANSFER}"},"signature":"${file.signature}","expiresAt":${EXPIRES_AT_MS}}`,
  )
})

it('is about the transfer, whether or not a submission is named, and known by its content too', () => {
  expect(submitClawback.subject(given(foldedSubmission(FAILED)))).toBe(TRANSFER)
  expect(submitClawback.subject(given(null))).toBe(TRANSFER)
  const ofToken = givenTo(submitClawback, wallet.clawback(EXPIRES_AT_MS, 'ff'.repeat(32)), { nowMs: NOW_MS })
  expect(submitClawback.alsoNamed?.(ofToken)).toEqual([
    '8fd23275b05439dacc35282c6ff44c8a95e092d619ba2191150324e4c173e97e',
  ])
})

describe('its conditions', () => {
  it('are met for a transfer of a submission that came to nothing', async () => {
    expect(await notMet(submitClawback, given(foldedSubmission(FAILED)))).toEqual([])
  })

  it.each([
    ['ACCEPTED', 'unknown'],
    ['INCLUDED_PENDING_FINALITY', 'unknown'],
    ['FINALIZED', 'unmet'],
    ['rejected', 'met'],
    ['SETTLING_ON_MARS', 'unknown'],
  ])('while the gateway calls it %s: %s', async (status, state) => {
    const intent = foldedSubmission({ ...FAILED, status })
    expect(await standing(submitClawback, 'submission not final', given(intent))).toMatchObject({ state })
  })

  it('are unknown where no submission is named, or its transfers are not', async () => {
    expect(await notMet(submitClawback, given(null))).toEqual([
      'submission not final: unknown',
      'transfer of this submission: unknown',
    ])
    const intent = foldedSubmission({ status: 'EXPIRED' })
    expect(await notMet(submitClawback, given(intent))).toEqual(['transfer of this submission: unknown'])
  })

  it('are not met for the transfer of another submission', async () => {
    const deposits = [{ ...SATS, sparkTransferId: 'ee'.repeat(16) }]
    const intent = foldedSubmission({ ...FAILED, deposits })
    expect(await notMet(submitClawback, given(intent))).toEqual(['transfer of this submission: unmet'])
  })

  it('close at the second of the expiry', async () => {
    const at = (nowMs: number) =>
      standing(submitClawback, 'expiry within a day', given(foldedSubmission(FAILED), SETTINGS, nowMs))
    expect(await at(EXPIRES_AT_MS - 1_000)).toMatchObject({ state: 'met' })
    expect(await at(EXPIRES_AT_MS)).toMatchObject({ state: 'unmet' })
  })

  it('want a gateway of the second generation', async () => {
    const { state, why } = await standing(
      submitClawback,
      'gateway of the second generation',
      given(null, { wire: 'nonce' }),
    )
    expect([state, why]).toEqual(['unmet', expect.stringContaining('`wire`')])
  })
})

it('answers a wrong file in words', () => {
  const deposit = wallet.deposit(EXPIRES_AT_MS, `0x${'a1'.repeat(20)}`)
  expect(wrongs(submitClawback, deposit)).toEqual([
    'clawback has to name the transfer to give back, as {"sparkTxid": …}',
  ])
  expect(wrongs(submitClawback, { ...file, deposits: [SATS] })).toEqual([
    'A clawback has no deposits: `deposits` has to be an empty list.',
  ])
})

it('says of a refusal that the transfer is usually settled', () => {
  const answer = { httpStatus: 409, text: 'intent_id already submitted', atMs: NOW_MS }
  expect(submitClawback.judge(answer, given(null))).toMatchObject({
    outcome: 'refused',
    why: expect.stringContaining('usually means that the transfer is settled already') as unknown,
    advice: expect.stringContaining('one clawback of a transfer, ever') as unknown,
  })
  const stranger = { ...answer, httpStatus: 403 }
  expect(submitClawback.judge(stranger, given(null)).advice).toContain('Only the first sender')
})
