import { expect, it } from 'vitest'
import { intentOf, raw } from '../../../test/flashnetFacts.ts'
import { flashnetWallet, SATS } from '../../../test/flashnetWallet.ts'
import type { Answered, CommandRequest } from '../command.ts'
import { normalise } from './normalise.ts'
import { submittedEvent } from './submitted.ts'

const SUBMISSION_ID = '7d1f0c52-1a2b-4c3d-8e4f-5a6b7c8d9e0f'
const INTENT_ID = 'ab'.repeat(32)
const EXPIRES_AT_MS = 1_795_270_500_000
const file = flashnetWallet('7c'.repeat(32)).deposit(EXPIRES_AT_MS, `0x${'a1'.repeat(20)}`)

function told(body: object | string, { path = 'execute', httpStatus = 200 } = {}) {
  const request: CommandRequest = {
    method: 'POST',
    url: `https://gateway.example/api/v1/${path}`,
    body: JSON.stringify(file),
    secretHeaders: [],
    secrets: [],
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer: Answered = { httpStatus, text, atMs: 0 }
  return submittedEvent(request, answer)
}

it('teaches when a submission expires and what it spends, and claims no status', () => {
  const event = told({ submissionId: SUBMISSION_ID, intentId: INTENT_ID, status: 'accepted' })
  expect(event?.payload).not.toContain(file.signature)
  const facts = normalise(raw(event?.kind ?? '', event?.payload))
  expect(facts).toHaveLength(1)
  expect(intentOf(facts)).toMatchObject({
    kind: 'submitted',
    claim: null,
    aliases: [
      { kind: 'submissionId', value: SUBMISSION_ID },
      { kind: 'intentId', value: INTENT_ID },
    ],
    mentions: [{ kind: 'sparkTransfer', value: SATS.sparkTransferId }],
    learned: {
      deadlines: [{ kind: 'intentDeadline', atMs: EXPIRES_AT_MS }],
      fundsLocked: { atMs: null },
      parts: { deposits: { 0: { asset: 'sats', amount: '100000', proof: 'no proof' } } },
    },
  })
})

it('tells nothing where no submission is named, or none was made', () => {
  expect(told({ status: 'accepted' })).toBeNull()
  expect(told('taken')).toBeNull()
  expect(told({ submissionId: SUBMISSION_ID }, { httpStatus: 409 })).toBeNull()
  expect(told({ submissionId: SUBMISSION_ID }, { path: 'verifyDeposit' })).toBeNull()
})
