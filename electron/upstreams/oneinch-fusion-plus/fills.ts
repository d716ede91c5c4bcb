import type { Parts } from '../../../shared/intent/fact.ts'
import { TIMELOCK_NAMES, type Side, type TimelockOffsets } from './timelocks.ts'

/** Something that happened to an escrow on its chain. */
export interface EscrowDeed {
  /** Time of its block, epoch milliseconds; null when the system did not say. */
  atMs: number | null
  /** Null when the system did not say. */
  transaction: string | null
}

/** What an escrow can go through, in order; of the last three one at most. */
export const DEEDS = ['created', 'withdrawn', 'cancelled', 'rescued'] as const

/** One of them. */
export type Deed = (typeof DEEDS)[number]

/** One escrow of a fill. */
export type Escrow = Record<Deed, EscrowDeed | null> & { address: string | null }

/** One part of an order that a resolver took, with its two escrows. */
export interface Fill {
  /** Its place among the fills of the order, from 0. */
  index: number
  /** The system's word; empty when it has none. */
  status: string
  makerAmount: string | null
  takerAmount: string | null
  source: Escrow
  destination: Escrow
  /** Whether the relayer was waiting for this fill's secret when it was last asked. */
  isReady: boolean
  /** Which of the order's secrets it takes; null until the relayer has asked for it or it is public. */
  idx: string | null
  /** Set once its secret is public; with the time when we heard so, if we did hear it. */
  secret: { hashlock: string | null; sharedAtMs: number | null } | null
}

/** How far a fill has come, by what its chains and the relayer have said. */
export type Evidence =
  | 'rescued'
  | 'sourceLocked'
  | 'bothLocked'
  | 'secretWanted'
  | 'secretOut'
  | 'destinationReturned'
  | 'makerPaid'
  | 'settled'
  | 'unlocked'

/** The fields of a fill in `parts` that tell of an escrow. */
export function escrowField(side: Side, what: Deed | 'escrow' | `${Deed}AtMs`): string {
  return side + what.charAt(0).toUpperCase() + what.slice(1)
}

/** In `parts`, a deed of which no transaction is known. */
export const NO_TRANSACTION = 'yes'

/** All fills that are known of an order, by their index. */
export function fillsOf(parts: Parts): Fill[] {
  const { fills = {}, ready = {}, secrets = {} } = parts
  const isOnly = Object.keys(fills).length === 1 && Object.keys(secrets).length === 1
  return Object.entries(fills)
    .map(([name, fields]) => {
      const source = escrowOf(fields, 'source')
      const destination = escrowOf(fields, 'destination')
      const listed = ready[source.created?.transaction?.toLowerCase() ?? '']
      const [publicIdx, secret] =
        Object.entries(secrets).find(([idx, { sourceDeployedAtMs }]) => {
          const atMs = source.created?.atMs ?? null
          return isOnly || idx === listed?.['idx'] || (atMs !== null && Number(sourceDeployedAtMs) === atMs)
        }) ?? []
      return {
        index: Number(name),
        status: fields['status'] ?? '',
        makerAmount: fields['makerAmount'] ?? null,
        takerAmount: fields['takerAmount'] ?? null,
        source,
        destination,
        isReady: listed !== undefined,
        idx: listed?.['idx'] ?? publicIdx ?? null,
        secret:
          secret === undefined
            ? null
            : { hashlock: secret['hashlock'] ?? null, sharedAtMs: msOf(secret['sharedAtMs']) },
      }
    })
    .sort((a, b) => a.index - b.index)
}

/** The offsets of an order's timelocks; null while nobody has said them. */
export function offsetsOf(parts: Parts): TimelockOffsets | null {
  const said = parts['timelocks']?.['order']
  if (said === undefined) return null
  const offsets = TIMELOCK_NAMES.map((name) => [name, Number(said[name] ?? Number.NaN)] as const)
  return offsets.every(([, sec]) => Number.isSafeInteger(sec))
    ? (Object.fromEntries(offsets) as TimelockOffsets)
    : null
}

/** How far a fill has come. */
export function evidenceOf(fill: Fill): Evidence {
  const { source, destination, secret, isReady, status } = fill
  if (source.rescued !== null || destination.rescued !== null) return 'rescued'
  if (source.cancelled !== null || status === 'refunded') return 'settled'
  if (destination.withdrawn !== null) return source.withdrawn === null ? 'makerPaid' : 'settled'
  if (status === 'executed') return 'settled'
  if (destination.cancelled !== null) return 'destinationReturned'
  if (source.withdrawn !== null || secret !== null) return 'secretOut'
  if (source.created === null) return destination.created === null ? 'unlocked' : 'bothLocked'
  if (destination.created === null) return 'sourceLocked'
  return isReady ? 'secretWanted' : 'bothLocked'
}

/** Whether the maker's part of a fill is over, one way or the other. */
export function isSettled(fill: Fill): boolean {
  return evidenceOf(fill) === 'settled'
}

/**
 * Fills, the worst first: rescued funds, then what is open, then what is only the resolver's to collect, then what is
 * over. Of two alike the one locked first is worse: all share one set of offsets, so its time runs out first.
 */
export function worstFirst(fills: readonly Fill[]): Fill[] {
  const lockedMs = ({ source }: Fill): number => source.created?.atMs ?? Infinity
  return [...fills].sort(
    (a, b) => severityOf(a) - severityOf(b) || compare(lockedMs(a), lockedMs(b)) || a.index - b.index,
  )
}

function severityOf(fill: Fill): number {
  const evidence = evidenceOf(fill)
  if (evidence === 'rescued') return 0
  if (evidence === 'makerPaid') return 2
  return evidence === 'settled' ? 3 : 1
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function escrowOf(fields: Record<string, string>, side: Side): Escrow {
  const deedOf = (deed: Deed): EscrowDeed | null => {
    const said = fields[escrowField(side, deed)]
    if (said === undefined) return null
    const atMs = msOf(fields[escrowField(side, `${deed}AtMs`)])
    return { atMs, transaction: said === NO_TRANSACTION ? null : said }
  }
  const deeds = DEEDS.map((deed) => [deed, deedOf(deed)] as const)
  return {
    ...(Object.fromEntries(deeds) as Record<Deed, EscrowDeed | null>),
    address: fields[escrowField(side, 'escrow')] ?? null,
  }
}

function msOf(text: string | undefined): number | null {
  return text === undefined ? null : Number(text)
}
