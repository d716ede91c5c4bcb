// A small system and its facts, for the tests beside; nothing else imports it.
import type { IntentFact } from './fact.ts'
import type { HeardFact, IntentHead } from './fold.ts'
import { connectionId, intentIdOf } from './ids.ts'
import { claimOf, type StatusWord, type Vocabulary } from './vocabulary.ts'

/** An ordinary instant, 2026-11-21 14:05:32 UTC. */
export const T0 = 1_795_269_932_000

const word = (status: string, phase: StatusWord['phase'], rank: number): StatusWord => ({
  status,
  phase,
  rank,
  label: `${status.charAt(0).toUpperCase()}${status.slice(1)}`,
  meaning: `It is ${status}.`,
  nextActor: 'solver',
  then: `After ${status} comes more.`,
  tell: `Your request is ${status}.`,
  normalWaitMs: 60_000,
})

/** A vocabulary with an open, a locking and an executing word, and three ends. */
export const vocabulary: Vocabulary = {
  words: [
    word('open', 'open', 1),
    word('locking', 'locking', 2),
    word('executing', 'executing', 3),
    { ...word('completed', 'completed', 4), normalWaitMs: null, nextActor: 'nobody' },
    { ...word('failed', 'failed', 4), normalWaitMs: null },
    { ...word('expired', 'expired', 1), normalWaitMs: null },
  ],
  stages: [
    { label: 'Open', statuses: ['open'] },
    { label: 'Lock', statuses: ['locking'] },
    { label: 'Execution', statuses: ['executing'] },
    { label: 'Done', statuses: ['completed'] },
  ],
  chains: {},
}

/** Whose facts these are. */
export const head: IntentHead = {
  id: intentIdOf(connectionId('test'), { kind: 'intentId', value: '0xABC' }),
  system: 'fusion',
  connection: connectionId('test'),
}

/** What a test says about one fact; everything else is ordinary. Offsets are milliseconds after `T0`. */
export interface Sketch extends Omit<Partial<IntentFact>, 'atMs' | 'emittedAtMs' | 'claim'> {
  status?: string
  at?: number | null
  emitted?: number | null
  /** When it came in; by default 100 ms after it happened. */
  received?: number
  origin?: HeardFact['origin']
}

/** A fact as heard. Its key is its content, as an adapter would make it. */
export function heard(sketch: Sketch): HeardFact {
  const {
    status,
    at = null,
    emitted = null,
    received = (at ?? emitted ?? 0) + 100,
    origin = 'push',
    ...rest
  } = sketch
  const fact: IntentFact = {
    about: 'intent',
    kind: status === undefined ? 'detailLearned' : 'statusClaimed',
    aliases: [{ kind: 'intentId', value: '0xABC' }],
    mentions: [],
    atMs: at === null ? null : T0 + at,
    emittedAtMs: emitted === null ? null : T0 + emitted,
    claim: status === undefined ? null : claimOf(vocabulary, status),
    learned: {},
    flags: [],
    key: JSON.stringify([status, at ?? emitted ?? received, rest]),
    ...rest,
  }
  return { fact, origin, receivedAtMs: T0 + received }
}
