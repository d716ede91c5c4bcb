import type { Fact, IntentFact } from '../../../shared/intent/fact.ts'
import { connectionId } from '../../../shared/intent/ids.ts'
import { claimOf, type StatusWord, type Vocabulary } from '../../../shared/intent/vocabulary.ts'
import { consoleEvent, type ConsoleEventKind, type ConsoleEvents } from '../../../shared/log/consoleEvent.ts'
import {
  operatorEvent,
  type OperatorEventKind,
  type OperatorEvents,
} from '../../../shared/log/operatorEvent.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import type { Register } from '../register.ts'

/** What one event of the tiny system says: a system made for the store's tests, with nothing of the real ones. */
export interface TinyPayload {
  ids?: readonly string[]
  status?: string
  atMs?: number
  emittedAtMs?: number
  maker?: string
  deadlineMs?: number
  note?: string
  values?: Record<string, number>
  drift?: string
  bad?: string
  line?: string
}

/** How the tiny system speaks. */
export const tinyVocabulary: Vocabulary = {
  words: [
    word({ status: 'waiting', phase: 'open', rank: 0, normalWaitMs: 60_000 }),
    word({ status: 'moving', phase: 'executing', rank: 1, normalWaitMs: 60_000 }),
    word({ status: 'done', phase: 'completed', rank: 2, normalWaitMs: null }),
    word({ status: 'broken', phase: 'failed', rank: 2, normalWaitMs: null }),
  ],
  stages: [],
  chains: {},
}

/** The tiny system as the store is given its adapters. */
export const tinyRegister: Register = {
  normalise: (event) => normalise(JSON.parse(event.payload) as TinyPayload),
  vocabularyOf: (system) => (system === 'fusion' ? tinyVocabulary : null),
}

/** An event of the tiny system, heard at `receivedAtMs`. */
export function tinyEvent(
  payload: TinyPayload,
  receivedAtMs: number,
  more: Partial<RawEvent> = {},
): RawEvent {
  return {
    connection: connectionId('tiny'),
    system: 'fusion',
    kind: 'said',
    origin: 'push',
    receivedAtMs,
    payload: JSON.stringify(payload),
    isSample: false,
    ...more,
  }
}

/** What the console itself says about the tiny system's connection. */
export function consoleSays<Kind extends ConsoleEventKind>(
  kind: Kind,
  said: ConsoleEvents[Kind],
  atMs: number,
): RawEvent {
  return consoleEvent({ connection: connectionId('tiny'), atMs }, kind, said)
}

/** What an operator does about an intent of the tiny system. */
export function operatorDoes<Kind extends OperatorEventKind>(
  kind: Kind,
  said: Omit<OperatorEvents[Kind], 'system' | 'aliases' | 'who'> & { ids: readonly string[]; who?: string },
  atMs: number,
): RawEvent {
  const { ids, who = 'ada', ...told } = said
  const aliases = ids.map((value) => ({ kind: 'tinyId', value }))
  return operatorEvent({ connection: connectionId('tiny'), atMs }, kind, {
    ...told,
    system: 'fusion',
    aliases,
    who,
  } as unknown as OperatorEvents[Kind])
}

function word(said: Pick<StatusWord, 'status' | 'phase' | 'rank' | 'normalWaitMs'>): StatusWord {
  return { ...said, label: said.status, meaning: '', nextActor: '', then: '', tell: '' }
}

function normalise(said: TinyPayload): Fact[] {
  const facts: Fact[] = []
  if (said.ids !== undefined) facts.push(intentFact(said, said.ids))
  if (said.values !== undefined) {
    facts.push({ about: 'sample', series: 'mempool', atMs: said.atMs ?? null, values: said.values })
  }
  if (said.drift !== undefined) {
    facts.push({ about: 'drift', kind: 'unknown-field', where: 'said', what: said.drift })
  }
  if (said.bad !== undefined) facts.push({ about: 'quarantine', path: '$.bad', reason: said.bad })
  if (said.line !== undefined) facts.push({ about: 'link', kind: 'note', atMs: null, text: said.line })
  return facts
}

function intentFact(said: TinyPayload, ids: readonly string[]): IntentFact {
  const { status, atMs, maker, deadlineMs, note } = said
  return {
    about: 'intent',
    kind: status === undefined ? 'detailLearned' : 'statusClaimed',
    aliases: ids.map((value) => ({ kind: 'tinyId', value })),
    mentions: maker === undefined ? [] : [{ kind: 'maker', value: maker }],
    atMs: atMs ?? null,
    emittedAtMs: said.emittedAtMs ?? null,
    claim: status === undefined ? null : claimOf(tinyVocabulary, status),
    learned: {
      ...(maker === undefined ? {} : { maker }),
      ...(deadlineMs === undefined ? {} : { deadlines: [{ kind: 'intentDeadline', atMs: deadlineMs }] }),
      ...(note === undefined ? {} : { details: { note } }),
    },
    flags: [],
    key: JSON.stringify([ids, status, atMs, maker, deadlineMs, note]),
  }
}
