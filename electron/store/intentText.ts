import type { Leg } from '../../shared/intent/amount.ts'
import type { EntryFlag, Origin, Parts, TransactionRef } from '../../shared/intent/fact.ts'
import type { ConnectionId, IntentId, SystemName } from '../../shared/intent/ids.ts'
import type { Contradiction, Intent, Said, StageEntry } from '../../shared/intent/intent.ts'
import type { Phase } from '../../shared/intent/phase.ts'
import { checkedText, withChecksum } from './checkedText.ts'

type PackedStage = [string, Phase, number | null, number, Origin]
type PackedLeg =
  | []
  | [Leg['chainId'], Leg['token']]
  | [
      Leg['chainId'],
      Leg['token'],
      string,
      number | null,
      NonNullable<Leg['amount']>['decimalsOrigin'],
      string | null,
    ]

/** The values of an intent in a fixed order. Their names would be half of the text and more than half of reading it. */
type Packed = [
  head: [IntentId, SystemName, ConnectionId, Phase, boolean, boolean, boolean, boolean],
  names: [aliases: string[], mentions: string[]],
  times: [number, number, number, number, number | null, number | null],
  status: [string, string, Origin, PackedStage[], furthest: number],
  ends: [string | null, string | null, PackedLeg, PackedLeg],
  said: Record<string, [Origin, number]>,
  history: [EntryFlag[], number, (number | null)[], number, number, number, number, string],
  rest: [
    deadlines: Intent['deadlines'],
    transactions: TransactionRef[],
    proofStatus: string | null,
    failures: Record<string, string>,
    details: Record<string, string>,
    contradictions: Contradiction[],
    // Absent from texts written before there were any.
    parts?: Parts,
    isAtomic?: boolean,
    isReleaseUnproven?: boolean,
  ],
]

/** The text under which the whole of an intent is kept, with its checksum. */
export function intentText(intent: Intent): string {
  const { lastKey, arrival, source, destination } = intent
  const packed: Packed = [
    [
      intent.id,
      intent.system,
      intent.connection,
      intent.phase,
      intent.isTerminal,
      intent.moneyAtRisk,
      intent.isRemoved,
      intent.isNotFound,
    ],
    [packNames(intent.aliases), packNames(intent.mentions)],
    [
      intent.phaseSinceMs,
      intent.createdAtMs,
      intent.updatedAtMs,
      intent.lastHeardAtMs,
      intent.fundsLockedAtMs,
      intent.fundsReleasedAtMs,
    ],
    [
      intent.status,
      intent.lastKind,
      intent.lastOrigin,
      intent.stages.map(packStage),
      placeOfFurthest(intent),
    ],
    [intent.maker, intent.solver, packLeg(source), packLeg(destination)],
    mapValues(intent.said, ({ origin, atMs }): [Origin, number] => [origin, atMs]),
    [
      intent.flags,
      intent.factCount,
      arrival === null ? [] : [arrival.systemAtMs, arrival.receivedAtMs, arrival.earlierReceivedAtMs],
      lastKey.atMs,
      lastKey.rank,
      lastKey.emittedAtMs,
      lastKey.receivedAtMs,
      lastKey.key,
    ],
    [
      intent.deadlines,
      intent.transactions,
      intent.proofStatus,
      intent.failures,
      intent.details,
      intent.contradictions,
      intent.parts,
      intent.isAtomic,
      intent.isReleaseUnproven,
    ],
  ]
  return withChecksum(JSON.stringify(packed))
}

/** The intent that `intentText` wrote; fails with `Damage` when the text is another. */
export function intentOf(text: string): Intent {
  const [head, names, times, status, ends, said, history, rest] = JSON.parse(checkedText(text)) as Packed
  const stages = status[3].map(stageOf)
  const [systemAtMs, receivedAtMs, earlierReceivedAtMs] = history[2]
  return {
    id: head[0],
    system: head[1],
    connection: head[2],
    aliases: namesOf(names[0]),
    mentions: namesOf(names[1]),
    status: status[0],
    phase: head[3],
    isTerminal: head[4],
    phaseSinceMs: times[0],
    createdAtMs: times[1],
    updatedAtMs: times[2],
    lastHeardAtMs: times[3],
    lastKind: status[1],
    lastOrigin: status[2],
    stages,
    furthest: stages[status[4]] ?? null,
    maker: ends[0],
    solver: ends[1],
    source: legOf(ends[2]),
    destination: legOf(ends[3]),
    deadlines: rest[0],
    transactions: rest[1],
    proofStatus: rest[2],
    failures: rest[3],
    details: rest[4],
    fundsLockedAtMs: times[4],
    fundsReleasedAtMs: times[5],
    moneyAtRisk: head[5],
    isRemoved: head[6],
    isNotFound: head[7],
    contradictions: rest[5],
    parts: rest[6] ?? {},
    isAtomic: rest[7] ?? false,
    isReleaseUnproven: rest[8] ?? false,
    said: mapValues(said, ([origin, atMs]): Said => ({ origin, atMs })),
    flags: history[0],
    factCount: history[1],
    arrival:
      typeof systemAtMs === 'number' && typeof receivedAtMs === 'number'
        ? { systemAtMs, receivedAtMs, earlierReceivedAtMs: earlierReceivedAtMs ?? null }
        : null,
    lastKey: {
      atMs: history[3],
      rank: history[4],
      emittedAtMs: history[5],
      receivedAtMs: history[6],
      key: history[7],
    },
  }
}

function packNames(names: readonly { kind: string; value: string }[]): string[] {
  return names.flatMap(({ kind, value }) => [kind, value])
}

function namesOf(packed: readonly string[]): { kind: string; value: string }[] {
  const names: { kind: string; value: string }[] = []
  for (let at = 0; at < packed.length; at += 2) {
    names.push({ kind: packed[at] ?? '', value: packed[at + 1] ?? '' })
  }
  return names
}

function packStage({ status, phase, rank, enteredAtMs, origin }: StageEntry): PackedStage {
  return [status, phase, rank, enteredAtMs, origin]
}

function stageOf([status, phase, rank, enteredAtMs, origin]: PackedStage): StageEntry {
  return { status, phase, rank, enteredAtMs, origin }
}

/** Its index among the stages, of which it is one; -1 when there is none. */
function placeOfFurthest({ stages, furthest }: Intent): number {
  if (furthest === null) return -1
  return stages.findIndex(
    ({ status, enteredAtMs }) => status === furthest.status && enteredAtMs === furthest.enteredAtMs,
  )
}

function packLeg({ chainId, token, amount }: Leg): PackedLeg {
  if (amount === null) return chainId === null && token === null ? [] : [chainId, token]
  return [chainId, token, amount.amountRaw, amount.decimals, amount.decimalsOrigin, amount.symbol]
}

function legOf(packed: PackedLeg): Leg {
  const [chainId = null, token = null, amountRaw, decimals = null, decimalsOrigin, symbol = null] = packed
  if (amountRaw === undefined || decimalsOrigin === undefined) return { chainId, token, amount: null }
  return { chainId, token, amount: { amountRaw, decimals, decimalsOrigin, symbol } }
}

function mapValues<From, To>(record: Record<string, From>, map: (value: From) => To): Record<string, To> {
  const mapped: Record<string, To> = {}
  for (const [name, value] of Object.entries(record)) mapped[name] = map(value)
  return mapped
}
