import { isBackward, withClaim } from './claim.ts'
import type { EntryFlag, IntentFact, Origin } from './fact.ts'
import type { ConnectionId, IntentId, SystemName } from './ids.ts'
import type { Arrival, Intent, OrderKey } from './intent.ts'
import { mergeNames, withLearned } from './learn.ts'
import { isMoneyAtRisk } from './money.ts'

/** A fact with what we know of its arrival. */
export interface HeardFact {
  fact: IntentFact
  origin: Origin
  /** Our clock, epoch milliseconds. */
  receivedAtMs: number
}

/** Whose history is folded. */
export interface IntentHead {
  id: IntentId
  system: SystemName
  connection: ConnectionId
}

/** When a fact happened by the system's clock, epoch milliseconds; null when the system gave no time at all. */
export function systemAtMsOf(fact: IntentFact): number | null {
  return fact.atMs ?? fact.emittedAtMs
}

/** The place of a fact in its intent's history. */
export function orderKeyOf({ fact, receivedAtMs }: HeardFact): OrderKey {
  const atMs = systemAtMsOf(fact) ?? receivedAtMs
  return {
    atMs,
    rank: fact.claim?.rank ?? -1,
    emittedAtMs: fact.emittedAtMs ?? atMs,
    receivedAtMs,
    key: fact.key,
  }
}

/** Negative when `a` comes first. */
export function compareOrder(a: OrderKey, b: OrderKey): number {
  return (
    a.atMs - b.atMs ||
    a.rank - b.rank ||
    a.emittedAtMs - b.emittedAtMs ||
    a.receivedAtMs - b.receivedAtMs ||
    compareText(a.key, b.key)
  )
}

/** Whether the system said something of itself: only then is the same once more a repeat, while a reading confirms it. */
export function isPushed(origin: Origin): boolean {
  return origin === 'push' || origin === 'import'
}

/** Whether something was heard of an intent: what a person did about it is no news of it. */
export function isHeard(origin: Origin): boolean {
  return origin !== 'operator'
}

/** Facts in history order, each once: of facts with equal keys the first heard stays, with the number of its repeats. */
export function inHistoryOrder<Heard extends HeardFact>(
  heard: readonly Heard[],
): { heard: Heard; repeats: number }[] {
  const asHeard = heard
    .map((one) => ({ heard: one, order: orderKeyOf(one), pushes: isPushed(one.origin) ? 1 : 0 }))
    .sort(
      (a, b) =>
        a.heard.receivedAtMs - b.heard.receivedAtMs ||
        compareOrder(a.order, b.order) ||
        compareContent(a.heard, b.heard),
    )
  const byKey = new Map<string, (typeof asHeard)[number]>()
  for (const one of asHeard) {
    const first = byKey.get(one.order.key)
    if (first === undefined) byKey.set(one.order.key, one)
    else first.pushes += one.pushes
  }
  return [...byKey.values()]
    .sort((a, b) => compareOrder(a.order, b.order))
    .map((one) => ({ heard: one.heard, repeats: Math.max(0, one.pushes - 1) }))
}

/** The intent as its first fact (in history order) leaves it. */
export function beginIntent(head: IntentHead, heard: HeardFact): Intent {
  return applyFact(unheardIntent(head, orderKeyOf(heard)), heard)
}

/** The intent after one more fact that comes later in history order than all before it. Does not change its input. */
export function applyFact(intent: Intent, heard: HeardFact): Intent {
  const { fact, origin, receivedAtMs } = heard
  const lastKey = orderKeyOf(heard)
  const said = { origin, atMs: lastKey.atMs }
  const systemAtMs = systemAtMsOf(fact)
  const arrival = arrivalAfter(intent.arrival, systemAtMs, receivedAtMs)
  const flags: EntryFlag[] = [...fact.flags]
  if (fact.claim !== null && isBackward(intent, fact.claim)) flags.push('backward')
  // This one is the last of all: when an earlier one came in after it, that earlier one was late.
  if (systemAtMs !== null && receivedAtMs < (arrival?.earlierReceivedAtMs ?? 0)) flags.push('late')
  const learned = withLearned(intent, fact.learned, said)
  const claimed = fact.claim === null ? learned : withClaim(learned, fact.claim, said)
  const next: Intent = {
    ...claimed,
    aliases: mergeNames(intent.aliases, fact.aliases),
    mentions: mergeNames(intent.mentions, fact.mentions),
    updatedAtMs: arrival?.systemAtMs ?? lastKey.atMs,
    lastHeardAtMs: isHeard(origin) ? Math.max(intent.lastHeardAtMs, receivedAtMs) : intent.lastHeardAtMs,
    lastKind: fact.kind,
    lastOrigin: origin,
    isRemoved: intent.isRemoved || fact.kind === 'removed',
    isNotFound: fact.kind === 'notFound' || (intent.isNotFound && !provesKnown(heard)),
    flags: flags.every((flag) => intent.flags.includes(flag))
      ? intent.flags
      : [...new Set([...intent.flags, ...flags])],
    factCount: intent.factCount + 1,
    arrival,
    lastKey,
  }
  next.moneyAtRisk = isMoneyAtRisk(next)
  return next
}

/** The intent after all facts, in whatever order they are given; facts with equal keys count once. */
export function foldFacts(head: IntentHead, heard: readonly HeardFact[]): Intent {
  const [first, ...rest] = inHistoryOrder(heard)
  if (first === undefined) throw new RangeError('An intent has at least one fact.')
  return rest.reduce((intent, one) => applyFact(intent, one.heard), beginIntent(head, first.heard))
}

/** The intent before anything was heard of it; `first` is the place of the first fact. */
export function unheardIntent(head: IntentHead, first: OrderKey): Intent {
  return {
    ...head,
    aliases: [],
    mentions: [],
    status: '',
    phase: 'unknown',
    isTerminal: false,
    phaseSinceMs: first.atMs,
    createdAtMs: first.atMs,
    updatedAtMs: first.atMs,
    lastHeardAtMs: first.receivedAtMs,
    lastKind: '',
    lastOrigin: 'console',
    stages: [],
    furthest: null,
    maker: null,
    solver: null,
    source: { chainId: null, token: null, amount: null },
    destination: { chainId: null, token: null, amount: null },
    deadlines: [],
    transactions: [],
    proofStatus: null,
    failures: {},
    details: {},
    parts: {},
    isAtomic: false,
    fundsLockedAtMs: null,
    fundsReleasedAtMs: null,
    isReleaseUnproven: false,
    moneyAtRisk: false,
    isRemoved: false,
    isNotFound: false,
    contradictions: [],
    said: {},
    flags: [],
    factCount: 0,
    arrival: null,
    lastKey: first,
  }
}

/** Whether a fact shows that the system knows the intent after all: what it says itself, unless it says good-bye. */
function provesKnown({ fact, origin }: HeardFact): boolean {
  return fact.kind !== 'removed' && origin !== 'console' && origin !== 'operator' && origin !== 'chain'
}

function arrivalAfter(
  before: Arrival | null,
  systemAtMs: number | null,
  receivedAtMs: number,
): Arrival | null {
  if (systemAtMs === null) return before
  if (before === null) return { systemAtMs, receivedAtMs, earlierReceivedAtMs: null }
  if (systemAtMs === before.systemAtMs) {
    return { ...before, receivedAtMs: Math.max(before.receivedAtMs, receivedAtMs) }
  }
  const earlierReceivedAtMs = Math.max(before.earlierReceivedAtMs ?? before.receivedAtMs, before.receivedAtMs)
  return { systemAtMs, receivedAtMs, earlierReceivedAtMs }
}

/** Settles which of two equal keys of one instant stays, since a key need not hold everything that a frame says. */
function compareContent(a: HeardFact, b: HeardFact): number {
  return compareText(a.origin, b.origin) || compareText(JSON.stringify(a.fact), JSON.stringify(b.fact))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
