import { describe, expect, it } from 'vitest'
import { driftOf, intentOf, submission } from '../../../test/flashnetFacts.ts'
import { situationAt } from '../../../shared/intent/course.ts'
import { foldFacts } from '../../../shared/intent/fold.ts'
import { connectionId, intentIdOf } from '../../../shared/intent/ids.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { overdueAtMs } from '../../../shared/intent/stuck.ts'
import { course } from './course.ts'
import { panels } from './panels.ts'
import { flashnetVocabulary } from './vocabulary.ts'

const CREATED_AT_MS = 1_795_269_600_000
const TIMES = { createdAt: '2026-11-21T14:00:00Z', updatedAt: '2026-11-21T14:00:00Z' }

/** A submission after these answers, one after the other. */
function folded(...answers: Record<string, unknown>[]): Intent {
  const facts = answers.map((fields) => submission({ ...TIMES, ...fields }))
  expect(facts.flatMap(driftOf)).toEqual([])
  const connection = connectionId('flash')
  const [alias] = intentOf(facts[0] ?? []).aliases
  if (alias === undefined) throw new Error('no alias')
  return foldFacts(
    { id: intentIdOf(connection, alias), system: 'flashnet', connection },
    facts.map((all, at) => ({ fact: intentOf(all), origin: 'poll', receivedAtMs: CREATED_AT_MS + at })),
  )
}

function textOf(intent: Intent, title: string): string {
  return JSON.stringify(panels(intent).find((panel) => panel.title === title))
}

describe('the panels', () => {
  it('say what is not known of the deposits, and how far the oracle is', () => {
    const intent = folded({})
    expect(textOf(intent, 'Deposits')).toContain('Confirming, where there are deposits')
    expect(textOf(intent, 'Deposits')).toContain('does not say which deposits')
    expect(textOf(intent, 'Execution')).toContain('No transaction has been heard of yet.')
  })

  it('list deposits with their proofs, sats as bitcoin and tokens in base units', () => {
    const deposits = [
      { sparkTransferId: 'ab', asset: { type: 'btc' }, amount: 1_000 },
      {
        sparkTransferId: 'cd',
        asset: { type: 'SPARK_TOKEN', tokenId: '0x01' },
        amount: '0x9c4',
        depositProof: { payloadBytes: '0x', signature: '0x' },
      },
    ]
    const [panel] = panels(folded({ deposits }))
    const table = panel?.blocks.find((block) => block.is === 'table')
    expect(table?.rows).toEqual([
      [
        { is: 'id', value: 'ab', what: 'Spark transfer' },
        { is: 'text', text: 'sats' },
        { is: 'amount', amount: { amountRaw: '1000', decimals: 8, decimalsOrigin: 'list', symbol: 'BTC' } },
        { is: 'text', text: 'not said' },
      ],
      [
        { is: 'id', value: 'cd', what: 'Spark transfer' },
        { is: 'id', value: '0x01', what: 'Spark token' },
        {
          is: 'amount',
          amount: { amountRaw: '2500', decimals: null, decimalsOrigin: 'unknown', symbol: null },
        },
        { is: 'text', text: 'no proof' },
      ],
    ])
  })

  it('name the deposit that could not be confirmed', () => {
    const intent = folded({ status: 'EXPIRED', statusMessage: 'deposit oracle: transfer_not_found' })
    expect(textOf(intent, 'Deposits')).toContain('Could not confirm a deposit')
    expect(textOf(intent, 'Execution')).toContain('transfer_not_found')
    expect(intent.moneyAtRisk).toBe(true)
  })
})

describe('the course', () => {
  it('has nothing to add to a word that says it all', () => {
    expect(course(folded({}))).toEqual([])
    expect(course(folded({ status: 'EXPIRED' }))).toEqual([])
    expect(course(folded({ status: 'FINALIZED' }))).toEqual([])
  })

  it.each([
    ['payload_flagged:outcome=Reverted', 'Failed: the transaction reverted'],
    ['oracle: amount_mismatch', 'Failed: a deposit was not confirmed'],
    ['admission failed', 'Failed: not admitted'],
    ['the moon was full', 'Failed'],
  ])('says why a submission failed: %s', (statusMessage, label) => {
    const intent = folded({ status: 'EXPIRED', statusMessage })
    expect(situationAt(course(intent), CREATED_AT_MS)?.label).toBe(label)
  })

  it('says that a known deadline has passed, and that this is not normal', () => {
    const deadlineMs = CREATED_AT_MS + 60_000
    const intent = folded({ expiresAt: deadlineMs })
    const going = course(intent)
    expect(situationAt(going, deadlineMs - 1)?.label).toBe('Accepted')
    expect(situationAt(going, deadlineMs)?.label).toBe('Accepted, and past its deadline')
    expect(overdueAtMs({ ...intent, course: going }, flashnetVocabulary)).toBe(deadlineMs)
  })

  it('flags a submission that leaves an end', () => {
    const intent = folded(
      { status: 'FINALIZED', updatedAt: '2026-11-21T14:01:00Z' },
      { status: 'EXPIRED', updatedAt: '2026-11-21T14:02:00Z' },
    )
    expect(intent.flags).toContain('backward')
    expect(intent.contradictions).toHaveLength(1)
  })
})
