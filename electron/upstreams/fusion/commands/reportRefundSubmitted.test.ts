import { expect, it } from 'vitest'
import { HASH, ID } from '../../../../test/fusionFacts.ts'
import {
  about,
  given,
  inShort,
  NOW_MS,
  problems,
  refundable,
  standing,
} from '../../../../test/fusionCommand.ts'
import type { Command } from '../../command.ts'
import { reportRefundSubmitted } from './reportRefundSubmitted.ts'

const INPUT = { txHash: HASH, refundSessionId: 'r-1' }

it('opens with the timelock, to the second, and closes once the funds are out', async () => {
  const atMs = NOW_MS + 1_000
  const intent = refundable({ deadlines: [{ kind: 'sourceTimelock', atMs }] })
  const command = reportRefundSubmitted as unknown as Command
  expect(Object.keys(await standing(command, about(intent, atMs - 1_000)))).toEqual([
    'source timelock expired',
  ])
  expect(await standing(command, about(intent, atMs))).toEqual({})
  const spent = refundable({ fundsReleasedAtMs: NOW_MS })
  expect(Object.keys(await standing(command, about(spent)))).toEqual(['source lock not spent'])
})

it('is ready for the refund that is under way, and knows its session', () => {
  const details = { refundSessionId: 'r-1', refundStatus: 'prepared' }
  const [session] = reportRefundSubmitted.fields
  expect(session?.prefill?.(refundable({ details }))).toBe('r-1')
  expect(session?.prefill?.(refundable())).toBeNull()
})

it('asks for exactly these bytes, whatever order they were given in', () => {
  expect(inShort(reportRefundSubmitted.request(given(reportRefundSubmitted, INPUT, refundable())))).toEqual([
    'POST',
    'http://127.0.0.1:3001/api/midnight/refund/sessions/r-1/submitted',
    `{"intentId":"${ID}","refundSessionId":"r-1","txHash":"${HASH}"}`,
  ])
})

it('answers bad input in words', () => {
  expect(problems(reportRefundSubmitted, { refundSessionId: '../preimage', txHash: '0x12' })).toEqual([
    'refundSessionId: has to be the id of a session: letters, digits, dots, colons, dashes and underscores',
    'txHash: has to be a transaction hash: 64 hex digits, with or without 0x',
  ])
  expect(problems(reportRefundSubmitted, {})).toEqual([
    'refundSessionId: has to be a text',
    'txHash: has to be a text',
  ])
})

it('is recognised by its transaction wherever the intent shows it', () => {
  const { trace } = reportRefundSubmitted
  const marks = trace?.marks(given(reportRefundSubmitted, INPUT, refundable())) ?? {}
  const bare = HASH.slice(2).toUpperCase()
  expect(trace?.seen(refundable(), marks)).toBe('absent')
  expect(trace?.seen(refundable({ details: { refundTxHash: bare } }), marks)).toBe('applied')
  const transactions = [{ label: 'sourceRefund', chainId: null, hash: HASH }]
  expect(trace?.seen(refundable({ transactions }), marks)).toBe('applied')
  expect(trace?.isAbsenceProof).toBe(false)
})
