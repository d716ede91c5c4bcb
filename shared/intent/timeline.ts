import { isBackward } from './claim.ts'
import { facetsOf } from './facets.ts'
import type { EntryFlag, Origin } from './fact.ts'
import {
  applyFact,
  inHistoryOrder,
  orderKeyOf,
  systemAtMsOf,
  unheardIntent,
  type HeardFact,
  type IntentHead,
} from './fold.ts'
import type { Intent } from './intent.ts'

/** What one fact is on the timeline of its intent; `heard` is the fact itself, with whatever its owner keeps beside it. */
export interface TimelineEntryParts<Heard extends HeardFact = HeardFact> {
  heard: Heard
  kind: string
  origin: Origin
  /** By the system's clock; ours where the system gave none. */
  atMs: number
  receivedAtMs: number
  status: string | null
  flags: EntryFlag[]
  /** How many other facts say the same. */
  repeats: number
  lane: 'source' | 'destination' | 'system' | 'console'
  changes: { field: string; from: string | null; to: string }[]
  /** What happened, one sentence, where kind and status do not say it: what a person did. */
  words?: string
}

/** The timeline of an intent from all its facts, in whatever order they are given: history order, each fact once. */
export function timelineOf<Heard extends HeardFact>(
  head: IntentHead,
  heard: readonly Heard[],
): TimelineEntryParts<Heard>[] {
  const history = inHistoryOrder(heard)
  const late = lateAmong(history.map((one) => one.heard))
  let before: Intent | null = null
  return history.map(({ heard: one, repeats }) => {
    const { fact, origin, receivedAtMs } = one
    const from: Intent = before ?? unheardIntent(head, orderKeyOf(one))
    const to = applyFact(from, one)
    before = to
    const isTakenBack = fact.claim !== null && isBackward(from, fact.claim)
    const flags: EntryFlag[] = [
      ...(late.has(one) ? (['late'] as const) : []),
      ...(repeats > 0 ? (['repeat'] as const) : []),
      ...(isTakenBack ? (['backward'] as const) : []),
      ...fact.flags,
    ]
    return {
      heard: one,
      kind: fact.kind,
      origin,
      atMs: to.lastKey.atMs,
      receivedAtMs,
      status: fact.claim?.status ?? null,
      flags: [...new Set(flags)],
      repeats,
      lane: laneOf(one),
      changes: changesBetween(from, to),
      ...(fact.words === undefined ? {} : { words: fact.words }),
    }
  })
}

/** Facts that came in after one that happened later. Only facts with the system's own time can be told so. */
function lateAmong<Heard extends HeardFact>(history: readonly Heard[]): Set<Heard> {
  const late = new Set<Heard>()
  /** When the earliest came in: of the instant being looked at, and of all instants after it. */
  let instantMs = Infinity
  let receivedOfInstantMs = Infinity
  let receivedAfterMs = Infinity
  for (const one of [...history].reverse()) {
    const atMs = systemAtMsOf(one.fact)
    if (atMs === null) continue
    if (atMs < instantMs) {
      receivedAfterMs = Math.min(receivedAfterMs, receivedOfInstantMs)
      receivedOfInstantMs = Infinity
      instantMs = atMs
    }
    receivedOfInstantMs = Math.min(receivedOfInstantMs, one.receivedAtMs)
    if (one.receivedAtMs > receivedAfterMs) late.add(one)
  }
  return late
}

/** Which end a fact is about: as its reader said, else the end that all its transactions name in their labels. */
function laneOf({ fact, origin }: HeardFact): TimelineEntryParts['lane'] {
  if (origin === 'console' || origin === 'operator') return 'console'
  if (fact.side !== undefined) return fact.side
  const labels = (fact.learned.transactions ?? []).map(({ label }) => label)
  if (labels.length > 0 && labels.every((label) => /source|src/i.test(label))) return 'source'
  if (labels.length > 0 && labels.every((label) => /dest|dst/i.test(label))) return 'destination'
  return 'system'
}

function changesBetween(from: Intent, to: Intent): TimelineEntryParts['changes'] {
  const before = facetsOf(from)
  const after = facetsOf(to)
  const changes: TimelineEntryParts['changes'] = []
  for (const field of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(field) ?? null
    const now = after.get(field) ?? null
    if (old !== now) changes.push({ field, from: old, to: now ?? 'none' })
  }
  return changes
}
