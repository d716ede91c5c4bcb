import { describe, expect, test } from 'vitest'
import { ACTION_STEPS } from '../../../shared/api/action.ts'
import { scratchStore } from '../testing/scratch.ts'
import { operatorDoes, tinyEvent } from '../testing/tinySystem.ts'
import { operatorFacts } from './operatorFacts.ts'

const STEP = {
  ids: ['0xaa01'],
  action: 'a1',
  step: 'accepted',
  command: 'prepareRefund',
  words: 'Prepare refund',
  why: 'The system answered 201.',
  seq: 7,
  hash: 'ab',
  facts: { refundSessionId: 'r-1' },
} as const

describe('what an operator does', () => {
  test.each(ACTION_STEPS)('has a kind and words of its own: the step %s', (step) => {
    const [fact] = operatorFacts(operatorDoes('actionStepped', { ...STEP, step }, 5))
    expect(fact).toMatchObject({
      about: 'intent',
      kind: `action${step.charAt(0).toUpperCase()}${step.slice(1)}`,
      system: 'fusion',
      claim: null,
      atMs: null,
    })
    expect(fact).toHaveProperty(
      'words',
      expect.stringMatching(/^Prepare refund: .+\. The system answered 201\.$/),
    )
  })

  test('says first what may be done now, where that is known', () => {
    const refused = { ...STEP, step: 'refused', why: 'The system refused it (HTTP 404).' } as const
    const wordsOf = (step: object) => operatorFacts(operatorDoes('actionStepped', { ...refused, ...step }, 5))
    expect(wordsOf({ advice: 'Read the intent again.' })).toMatchObject([
      { words: 'Prepare refund: refused. Read the intent again. The system refused it (HTTP 404).' },
    ])
    expect(wordsOf({ advice: null })).toMatchObject([
      { words: 'Prepare refund: refused. The system refused it (HTTP 404).' },
    ])
  })

  test('is quarantined with its place when nobody knows what it means', () => {
    const event = operatorDoes('noteAdded', { ids: ['0xaa01'], text: 'x' }, 5)
    expect(operatorFacts({ ...event, kind: 'moneyMoved' })).toMatchObject([
      { about: 'quarantine', path: '$' },
    ])
    expect(operatorFacts({ ...event, kind: 'toString' })).toMatchObject([{ about: 'quarantine', path: '$' }])
    expect(operatorFacts({ ...event, payload: '{' })).toMatchObject([{ about: 'quarantine' }])
    const payload = event.payload.replace('"text":"x"', '"text":7')
    expect(operatorFacts({ ...event, payload })).toMatchObject([{ about: 'quarantine', path: '$.text' }])
    expect(operatorFacts(operatorDoes('noteAdded', { ids: [], text: 'x' }, 5))).toMatchObject([
      { about: 'quarantine', path: '$.aliases' },
    ])
  })

  test('stands on the timeline in words, in the console’s lane, and its facts among the details', () => {
    using scratch = scratchStore()
    const { store } = scratch
    store.append([tinyEvent({ ids: ['0xaa01'], status: 'waiting', atMs: 10 }, 10)])
    store.append([
      operatorDoes('actionStepped', STEP, 20),
      operatorDoes('noteAdded', { ids: ['0xaa01'], text: 'asked the maker' }, 30),
      operatorDoes('tagSet', { ids: ['0xaa01'], tag: 'VIP', isSet: true }, 40),
      operatorDoes('tagSet', { ids: ['0xaa01'], tag: 'vip', isSet: false }, 50),
      operatorDoes(
        'alarmSilenced',
        { ids: ['0xaa01'], untilMs: 90_000, reason: 'known', status: 'waiting', statusSinceMs: 10 },
        60,
      ),
    ])
    const { intent } = store.get({ id: '0xaa01', nowMs: 70 })
    const [first, ...rest] = intent.timeline
    expect(first).not.toHaveProperty('words')
    expect(rest.map(({ kind, words, origin, lane }) => [kind, words, origin, lane])).toEqual([
      ['actionAccepted', 'Prepare refund: accepted. The system answered 201.', 'operator', 'console'],
      ['noteAdded', 'Note by ada: asked the maker', 'operator', 'console'],
      ['tagSet', 'Tagged “VIP” by ada', 'operator', 'console'],
      ['tagSet', 'Tag “vip” taken off by ada', 'operator', 'console'],
      ['alarmSilenced', 'Silenced by ada until 1970-01-01 00:01:30 UTC: known', 'operator', 'console'],
    ])
    expect(intent.details).toEqual({ refundSessionId: 'r-1' })
    expect(intent.notes).toEqual([{ text: 'asked the maker', who: 'ada', atMs: 30 }])
    expect(intent.silence).toEqual({ untilMs: 90_000, reason: 'known', who: 'ada', atMs: 60 })
    expect(intent.row).toMatchObject({ noteCount: 1, tags: [], silencedUntilMs: 90_000, lastHeardAtMs: 10 })
    expect(store.verify().problems).toEqual([])
  })

  test('begins the intent under the system that it names, when nothing is known of it', () => {
    using scratch = scratchStore()
    const { store } = scratch
    store.append([operatorDoes('noteAdded', { ids: ['0xaa01'], text: 'to come' }, 5)])
    expect(store.get({ id: '0xaa01', nowMs: 6 }).intent).toMatchObject({ system: 'fusion', status: '' })
    expect(store.connections(6)).toMatchObject([{ eventCount: 0, lastReceivedAtMs: null }])
    store.append([tinyEvent({ ids: ['0xaa01'], status: 'done', atMs: 7 }, 7)])
    expect(store.get({ id: '0xaa01', nowMs: 8 }).intent).toMatchObject({
      status: 'done',
      row: { noteCount: 1 },
    })
    expect(store.counts(8).total).toBe(1)
    expect(store.verify().problems).toEqual([])
  })

  test('is kept twice when it is done twice, and once when it is one step of the audit log', () => {
    using scratch = scratchStore()
    const { store } = scratch
    const note = { ids: ['0xaa01'], text: 'called again' }
    store.append([operatorDoes('noteAdded', note, 5), operatorDoes('noteAdded', note, 6)])
    store.append([operatorDoes('actionStepped', STEP, 7), operatorDoes('actionStepped', STEP, 7)])
    const { intent } = store.get({ id: '0xaa01', nowMs: 8 })
    expect(intent.row.noteCount).toBe(2)
    expect(intent.timeline.map(({ kind }) => kind)).toEqual(['noteAdded', 'noteAdded', 'actionAccepted'])
  })
})
