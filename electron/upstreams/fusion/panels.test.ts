import { expect, test } from 'vitest'
import { connectionId } from '../../../shared/intent/ids.ts'
import { unheardIntent } from '../../../shared/intent/fold.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { intentIdOf } from '../../../shared/intent/ids.ts'
import { panels } from './panels.ts'

const T0 = 1_795_269_932_000
const connection = connectionId('test')

function intentWith(said: Partial<Intent>): Intent {
  const id = intentIdOf(connection, { kind: 'intentId', value: '0xabc' })
  const first = { atMs: T0, rank: 0, emittedAtMs: T0, receivedAtMs: T0, key: '' }
  return { ...unheardIntent({ id, system: 'fusion', connection }, first), ...said }
}

test('an intent of which nothing is known has no panel', () => {
  expect(panels(intentWith({}))).toEqual([])
})

test('proofs and locks stand with their own instants, and only what was said', () => {
  const shown = panels(
    intentWith({
      proofStatus: 'verified',
      details: { proofGeneratedAt: new Date(T0).toISOString(), htlcState: 'source_locked' },
      fundsLockedAtMs: T0 + 1_000,
      deadlines: [
        { kind: 'intentDeadline', atMs: T0 + 5_000 },
        { kind: 'sourceTimelock', atMs: T0 + 9_000 },
      ],
    }),
  )
  expect(shown.map(({ title }) => title)).toEqual(['Proofs', 'Locks'])
  expect(shown[0]?.blocks).toEqual([
    {
      is: 'facts',
      rows: [
        { label: 'Proof status', value: { is: 'text', text: 'verified' } },
        { label: 'Generated', value: { is: 'instant', atMs: T0 } },
      ],
    },
  ])
  expect(shown[1]?.blocks[1]).toMatchObject({
    rows: [[{ text: 'Source' }, { text: 'maker' }, { is: 'instant', atMs: T0 + 9_000 }]],
  })
})

test('an HTLC state that is an object stands side by side, any other verbatim', () => {
  const rowsOf = (htlcState: string) => panels(intentWith({ details: { htlcState } }))[0]?.blocks
  const object = { source: { state: 'locked', timelock: 1_795_273_174 }, destination: null }
  expect(rowsOf(JSON.stringify(object))).toEqual([
    {
      is: 'facts',
      rows: [
        { label: 'Source HTLC', value: { is: 'text', text: 'locked' } },
        { label: 'Destination HTLC', value: { is: 'text', text: 'none named' } },
      ],
    },
  ])
  for (const other of ['source_locked', '{"source":1}', '{']) {
    expect(rowsOf(other)).toEqual([
      { is: 'facts', rows: [{ label: 'HTLC state', value: { is: 'text', text: other } }] },
    ])
  }
})
