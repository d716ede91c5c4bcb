import { expect, it } from 'vitest'
import { foldedSubmission } from '../../../../test/flashnetFacts.ts'
import { givenTo, notMet, wrongs } from '../../../../test/flashnetGiven.ts'
import { SATS } from '../../../../test/flashnetWallet.ts'
import { verifyDeposit } from './verifyDeposit.ts'

const NOW_MS = 1_795_269_600_000
const INTENT_ID = 'ab'.repeat(32)
const TRANSFERS = [
  { sparkTransferId: SATS.sparkTransferId },
  { sparkTransferId: '7d1f0c52-1a2b-4c3d-8e4f-5a6b7c8d9e0f' },
]
const given = givenTo(verifyDeposit, { intentId: `0x${INTENT_ID}`, transfers: TRANSFERS }, { nowMs: NOW_MS })

function judge(httpStatus: number, body: object | string) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return verifyDeposit.judge({ httpStatus, text, atMs: NOW_MS }, given)
}

it('asks with the body of the page byte for byte, from a form too', () => {
  const body = `{"intentId":"${INTENT_ID}","transfers":${JSON.stringify(TRANSFERS)}}`
  const { method, url, ...request } = verifyDeposit.request(given)
  expect([method, url, request.body]).toEqual(['POST', 'https://gateway.example/api/v1/verifyDeposit', body])
  const typed = { intentId: INTENT_ID, transfers: JSON.stringify(TRANSFERS) }
  expect(verifyDeposit.request(givenTo(verifyDeposit, typed, { nowMs: NOW_MS })).body).toBe(body)
})

it('is filled in with what is known of the submission', () => {
  const intent = foldedSubmission({ deposits: [SATS] })
  const prefilled = verifyDeposit.fields.map(({ prefill }) => prefill?.(intent))
  expect(prefilled).toEqual([INTENT_ID, JSON.stringify([TRANSFERS[0]])])
  expect(verifyDeposit.fields.map(({ prefill }) => prefill?.(foldedSubmission({})))).toEqual([
    INTENT_ID,
    null,
  ])
})

it('is open on the second generation only', async () => {
  expect(await notMet(verifyDeposit, given)).toEqual([])
  const old = givenTo(verifyDeposit, given.input, { nowMs: NOW_MS, settings: { wire: 'nonce' } })
  expect(await notMet(verifyDeposit, old)).toEqual(['gateway of the second generation: unmet'])
})

it.each([
  ['a short id', { intentId: 'ab', transfers: TRANSFERS }, 'intentId has to be the id of the content'],
  ['no transfers', { intentId: INTENT_ID, transfers: [] }, 'transfers has to name at least one transfer'],
  ['transfers by name', { intentId: INTENT_ID, transfers: 'all of them' }, 'transfers has to be JSON'],
  [
    'a strange transfer',
    { intentId: INTENT_ID, transfers: [{ sparkTransferId: 'x' }] },
    'has to be the id of a Spark transfer',
  ],
])('answers bad input in words: %s', (_, input, sentence) => {
  expect(wrongs(verifyDeposit, input).join()).toContain(sentence)
})

it('tells which transfers are proven, and of each other one whether asking again helps', () => {
  const rejections = [
    { index: 1, sparkTransferId: 'aa', reason: 'transfer_not_found', message: 'not yet' },
    { index: 2, sparkTransferId: 'bb', reason: 'amount_mismatch', message: 'off by one' },
  ]
  const proofs = [{ index: 0, proof: { payloadBytes: '0x01', signature: '0x02' } }]
  expect(judge(200, { proofs, rejections })).toMatchObject({
    outcome: 'accepted',
    why: '1 of 3 transfers are proven. aa is not: transfer_not_found: “not yet”, may be asked again. bb is not: amount_mismatch: “off by one”, asking again does not help.',
  })
  expect(judge(200, { done: true }).why).toContain('not with proofs and rejections')
})

it('says what a gateway does that is not configured for it, or does not have it', () => {
  expect(judge(503, 'no verifier')).toMatchObject({
    outcome: 'refused',
    why: expect.stringContaining('not configured to verify deposits (HTTP 503)') as unknown,
  })
  expect(judge(404, 'no').why).toContain('does not verify deposits')
  expect(judge(500, 'oh').outcome).toBe('unknown')
})
