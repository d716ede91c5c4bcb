import { createHash } from 'node:crypto'
import type { Hex } from 'viem'
import { keccak256 } from 'viem/utils'
import { CHAINS, hashFunctionOf, ROUTES, timelockSecOf } from '../world/chains.ts'
import { addressAt, type Lock, type WorldIntent } from '../world/intent.ts'
import { iso, statusPayload } from './payloads.ts'
import type { Refund } from './refunds.ts'

/** Body of `GET /api/chains`: enabled by configuration and operational right now are two things. */
export function chainsBody(isMidnightOut: boolean): unknown {
  const isOperational = (family: string): boolean => !(isMidnightOut && family === 'midnight')
  return {
    chains: CHAINS.map(({ chainId, name, family, native }) => ({
      id: chainId,
      name,
      family,
      nativeCurrency: native,
      enabled: true,
      operational: isOperational(family),
    })),
    routes: ROUTES.map(({ from, to }) => ({
      from: from.chainId,
      to: to.chainId,
      enabled: true,
      operational: isOperational(from.family) && isOperational(to.family),
    })),
    featureFlags: { midnightDestinations: true, shieldedRoutes: true },
  }
}

/** Body of `GET /api/config/htlc-addresses`: contract by chain id. */
export function htlcAddressesBody(): Record<string, string> {
  return Object.fromEntries(CHAINS.map(({ chainId, htlcAddress }) => [String(chainId), htlcAddress]))
}

/** Body of `GET /api/intents/:intentId`: more than an event tells, and refund fields once there are any. */
export function intentBody(
  intent: WorldIntent,
  refund: Refund | null,
  nowMs: number,
): Record<string, unknown> {
  return {
    ...statusPayload(intent, nowMs),
    sender: addressAt(intent, 'source'),
    recipient: addressAt(intent, 'destination'),
    fromToken: intent.fromToken.id,
    toToken: intent.toToken.id,
    minAmountOut: intent.minAmountOut,
    nonce: intent.nonce,
    deadline: Math.floor(intent.deadlineAtMs / 1_000),
    shielded: intent.isShielded,
    proofGeneratedAt: iso(intent.proofGeneratedAtMs),
    ...refundFields(intent, refund, nowMs),
  }
}

/** Body of `GET /api/intents/:id/htlc-params`; null before a solver is matched, when there is nothing to lock for. */
export function htlcParamsBody(intent: WorldIntent, rate: number): unknown {
  if (!intent.solver) return null
  const { route, locks } = intent
  const hashFunction = hashFunctionOf(route, intent.isShielded)
  return {
    intentId: intent.id,
    hashFunction,
    hashlock: hashFunction === 'keccak256' ? keccak256(intent.preimage as Hex) : sha256(intent.preimage),
    sourceLockRequirements: {
      chainId: route.from.chainId,
      htlcAddress: route.from.htlcAddress,
      token: intent.fromToken.id,
      amount: intent.amount,
      sender: addressAt(intent, 'source'),
      receiver: intent.solver.address,
      timelockSeconds: Math.round(timelockSecOf(route, 'source') / rate),
      timelock: lockSeconds(locks.source),
    },
    destinationLock: {
      chainId: route.to.chainId,
      htlcAddress: route.to.htlcAddress,
      token: intent.toToken.id,
      amount: intent.minAmountOut,
      receiver: addressAt(intent, 'destination'),
      timelockSeconds: Math.round(timelockSecOf(route, 'destination') / rate),
      timelock: lockSeconds(locks.destination),
    },
  }
}

/** Unix seconds at which a lock runs out; null while there is none. */
function lockSeconds(lock: Lock | null): number | null {
  return lock && Math.floor(lock.timelockAtMs / 1_000)
}

/** Nothing until the source timelock of a failed intent has passed; then how far a refund by hand is, and what was taken back. */
function refundFields(
  { stage, locks: { source } }: WorldIntent,
  refund: Refund | null,
  nowMs: number,
): Record<string, unknown> {
  if ((stage !== 'failed' && !refund) || !source || source.timelockAtMs > nowMs) return {}
  const spent = source.spent?.by === 'refund' ? source.spent : null
  const underWay = refund === null || refund.state === 'done' ? 'available' : refund.state
  return {
    refundStatus: spent ? 'refunded' : underWay,
    refundAvailableAt: iso(source.timelockAtMs),
    ...(refund && { refundSessionId: refund.sessionId }),
    refundTxHash: spent?.transaction ?? refund?.transaction ?? null,
    refundedAt: iso(spent?.atMs ?? null),
  }
}

function sha256(hex: string): string {
  return `0x${createHash('sha256')
    .update(Buffer.from(hex.slice(2), 'hex'))
    .digest('hex')}`
}
