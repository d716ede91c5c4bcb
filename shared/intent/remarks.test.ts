import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IntentFact, Learned } from './fact.ts'
import { foldFacts, type HeardFact } from './fold.ts'
import { connectionId, intentIdOf } from './ids.ts'
import type { Intent } from './intent.ts'
import {
  comparableTag,
  learnNote,
  learnSilence,
  learnTag,
  remarksOf,
  silencedUntilMs,
  UNTIL_CHANGE_MS,
  type Remarks,
} from './remarks.ts'

const connection = connectionId('test')
const alias = { kind: 'intentId', value: '0xab' }
const head = { id: intentIdOf(connection, alias), system: 'fusion', connection } as const

/** A fact about the intent, heard (or done) at an instant. */
function fact(more: Partial<IntentFact>, receivedAtMs: number, origin: HeardFact['origin']): HeardFact {
  return {
    fact: {
      about: 'intent',
      kind: 'said',
      aliases: [alias],
      mentions: [],
      atMs: null,
      emittedAtMs: null,
      claim: null,
      learned: {},
      flags: [],
      key: `${receivedAtMs} ${JSON.stringify(more)}`,
      ...more,
    },
    origin,
    receivedAtMs,
  }
}

function done(learned: Learned, atMs: number): HeardFact {
  return fact({ learned }, atMs, 'operator')
}

function claimed(status: string, atMs: number): HeardFact {
  return fact({ atMs, claim: { status, phase: 'open', rank: null } }, atMs, 'push')
}

function folded(all: readonly HeardFact[]): Intent {
  return foldFacts(head, all)
}

function remarks(all: readonly HeardFact[]): Remarks {
  return remarksOf(folded(all))
}

const silence = { reason: 'known', who: 'ada', atMs: 20 }

describe('remarks', () => {
  it('are none where nobody has done anything', () => {
    expect(remarks([claimed('waiting', 10)])).toEqual({ notes: [], tags: [], silence: null })
  })

  it('add notes up by time, whatever order they came in', () => {
    const [one, two] = [
      done(learnNote('1', { text: 'first', who: 'ada', atMs: 10 }), 10),
      done(learnNote('2', { text: 'second', who: 'bob', atMs: 20 }), 20),
    ]
    const notes = [
      { text: 'first', who: 'ada', atMs: 10 },
      { text: 'second', who: 'bob', atMs: 20 },
    ]
    expect(remarks([one, two]).notes).toEqual(notes)
    expect(remarks([two, one]).notes).toEqual(notes)
  })

  it('let the last word on a tag hold, by time', () => {
    const set = (tag: string, isSet: boolean, atMs: number) =>
      done(learnTag(comparableTag(tag), { tag, isSet }), atMs)
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          [set('VIP', true, 1), set('vip', false, 2), set('Vip', true, 3), set('x', false, 4)],
          {
            minLength: 4,
          },
        ),
        (all) => {
          expect(remarks(all).tags).toEqual(['Vip'])
        },
      ),
    )
  })

  it('silence until an instant, which a change of status does not end', () => {
    const until = done(learnSilence({ ...silence, untilMs: 99, status: 'waiting', statusSinceMs: 10 }), 20)
    const all = [claimed('waiting', 10), until, claimed('moving', 30)]
    expect(remarks(all).silence).toEqual({ ...silence, untilMs: 99 })
    expect(silencedUntilMs(remarks(all))).toBe(99)
  })

  it('silence without an instant until the status changes, also when it comes back', () => {
    const until = done(learnSilence({ ...silence, untilMs: null, status: 'waiting', statusSinceMs: 10 }), 20)
    const waiting = [claimed('waiting', 10), until]
    expect(silencedUntilMs(remarks(waiting))).toBe(UNTIL_CHANGE_MS)
    expect(silencedUntilMs(remarks([...waiting, claimed('moving', 30)]))).toBeNull()
    expect(silencedUntilMs(remarks([...waiting, claimed('moving', 30), claimed('waiting', 40)]))).toBeNull()
  })

  it('are ended by a later silence that is past', () => {
    const first = done(learnSilence({ ...silence, untilMs: null, status: 'waiting', statusSinceMs: 10 }), 20)
    const second = done(learnSilence({ ...silence, untilMs: 25, status: 'waiting', statusSinceMs: 10 }), 25)
    expect(silencedUntilMs(remarks([claimed('waiting', 10), second, first]))).toBe(25)
  })

  it('are no news of the intent', () => {
    const note = done(learnNote('1', { text: 'x', who: 'ada', atMs: 500 }), 500)
    const intent = folded([claimed('waiting', 10), note])
    expect([intent.lastHeardAtMs, intent.updatedAtMs, intent.status]).toEqual([10, 10, 'waiting'])
  })
})
