import type { Amount, Leg } from './amount.ts'
import type { Deadline } from './deadline.ts'
import type { Learned, Parts, TransactionRef } from './fact.ts'
import { comparableId, type Alias, type Mention } from './ids.ts'
import type { Claim, Contradiction, Intent, Said } from './intent.ts'

/** What a maker signs and nobody can change afterwards: two different values of one of these cannot both be right. */
type FixedField =
  | 'maker'
  | 'sourceChain'
  | 'sourceToken'
  | 'sourceAmount'
  | 'destinationChain'
  | 'destinationToken'
  | 'destinationAmount'

/** The intent with what one more fact teaches about it; null never takes away what is known, but for the solver. */
export function withLearned(intent: Intent, learned: Learned, said: Said): Intent {
  const { fundsLocked, fundsReleased } = learned
  return {
    ...intent,
    ...withFixed(intent, learned, said),
    createdAtMs: learned.createdAtMs ?? intent.createdAtMs,
    solver: learned.solver === undefined ? intent.solver : learned.solver,
    deadlines: mergeDeadlines(intent.deadlines, learned.deadlines ?? []),
    transactions: mergeTransactions(intent.transactions, learned.transactions ?? []),
    proofStatus: learned.proofStatus ?? intent.proofStatus,
    failures: learned.failures === undefined ? intent.failures : { ...intent.failures, ...learned.failures },
    details: learned.details === undefined ? intent.details : { ...intent.details, ...learned.details },
    parts: learned.parts === undefined ? intent.parts : mergeParts(intent.parts, learned.parts),
    isAtomic: intent.isAtomic || learned.isAtomic === true,
    fundsLockedAtMs: earliest(intent.fundsLockedAtMs, fundsLocked, said),
    fundsReleasedAtMs: earliest(intent.fundsReleasedAtMs, fundsReleased ?? undefined, said),
    isReleaseUnproven: fundsReleased === undefined ? intent.isReleaseUnproven : fundsReleased === null,
  }
}

/** What happens once happened when it was first said to have happened: at the time given, else when it was said. */
function earliest(
  knownMs: number | null,
  heard: { atMs: number | null } | undefined,
  said: Said,
): number | null {
  if (heard === undefined) return knownMs
  return Math.min(knownMs ?? Infinity, heard.atMs ?? said.atMs)
}

/** Names with those not yet among them, in the order in which they were first heard; letter case does not count. */
export function mergeNames<Name extends Alias | Mention>(
  known: readonly Name[],
  heard: readonly Name[],
): Name[] {
  let merged = known as Name[]
  for (const name of heard) {
    if (!merged.some((other) => isSameName(other, name))) merged = [...merged, name]
  }
  return merged
}

function isSameName(a: Alias | Mention, b: Alias | Mention): boolean {
  return a.kind === b.kind && isSameText(a.value, b.value)
}

function isSameText(a: string, b: string): boolean {
  return a === b || comparableId(a) === comparableId(b)
}

function withFixed(
  intent: Intent,
  learned: Learned,
  said: Said,
): Pick<Intent, 'maker' | 'source' | 'destination' | 'said' | 'contradictions'> {
  const known = fixedValues(intent)
  let { said: saidOf, contradictions } = intent
  for (const [field, value] of Object.entries(fixedValues(learned)) as [FixedField, string | null][]) {
    const old = known[field]
    if (value === null || (old !== null && isSameText(old, value))) continue
    const oldSaid = saidOf[field]
    if (old !== null && oldSaid !== undefined) {
      contradictions = contradict(contradictions, field, [
        { value: old, ...oldSaid },
        { value, ...said },
      ])
    }
    saidOf = { ...saidOf, [field]: said }
  }
  return {
    maker: learned.maker ?? intent.maker,
    source: mergeLeg(intent.source, learned.source),
    destination: mergeLeg(intent.destination, learned.destination),
    said: saidOf,
    contradictions,
  }
}

function fixedValues(
  of: Pick<Learned, 'maker' | 'source' | 'destination'> | Intent,
): Record<FixedField, string | null> {
  const { maker, source, destination } = of
  return {
    maker: maker ?? null,
    sourceChain: source?.chainId?.toString() ?? null,
    sourceToken: source?.token ?? null,
    sourceAmount: source?.amount?.amountRaw ?? null,
    destinationChain: destination?.chainId?.toString() ?? null,
    destinationToken: destination?.token ?? null,
    destinationAmount: destination?.amount?.amountRaw ?? null,
  }
}

/** Every value that was ever given, each once, the newest last. */
function contradict(
  all: Contradiction[],
  field: FixedField,
  pair: [old: Claim, newest: Claim],
): Contradiction[] {
  const [old, newest] = pair
  const earlier = all.find((contradiction) => contradiction.field === field)?.claims ?? [old]
  const claims = [...earlier.filter(({ value }) => !isSameText(value, newest.value)), newest]
  return [...all.filter((contradiction) => contradiction.field !== field), { field, claims }]
}

function mergeLeg(leg: Leg, heard: Partial<Leg> | undefined): Leg {
  if (heard === undefined) return leg
  return {
    chainId: heard.chainId ?? leg.chainId,
    token: heard.token ?? leg.token,
    amount: mergeAmount(leg.amount, heard.amount ?? null),
  }
}

function mergeAmount(known: Amount | null, heard: Amount | null): Amount | null {
  if (known === null || heard === null) return heard ?? known
  const { decimals, decimalsOrigin } = heard.decimals === null ? known : heard
  return { amountRaw: heard.amountRaw, decimals, decimalsOrigin, symbol: heard.symbol ?? known.symbol }
}

function mergeDeadlines(known: Deadline[], heard: readonly Deadline[]): Deadline[] {
  let merged = known
  for (const deadline of heard) {
    const isKnown = merged.some(({ kind }) => kind === deadline.kind)
    merged = isKnown
      ? merged.map((other) => (other.kind === deadline.kind ? deadline : other))
      : [...merged, deadline]
  }
  return merged
}

function mergeTransactions(known: TransactionRef[], heard: readonly TransactionRef[]): TransactionRef[] {
  let merged = known
  for (const transaction of heard) {
    const same = (other: TransactionRef): boolean =>
      other.label === transaction.label && isSameText(other.hash, transaction.hash)
    merged = merged.some(same)
      ? merged.map((other) =>
          same(other) ? { ...other, chainId: transaction.chainId ?? other.chainId } : other,
        )
      : [...merged, transaction]
  }
  return merged
}

function mergeParts(known: Parts, heard: Parts): Parts {
  const merged: Parts = { ...known }
  for (const [kind, things] of Object.entries(heard)) {
    const all = { ...merged[kind] }
    for (const [name, fields] of Object.entries(things)) all[name] = { ...all[name], ...fields }
    merged[kind] = all
  }
  return merged
}
