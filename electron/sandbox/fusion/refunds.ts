import { MINUTE } from '../world/durations.ts'
import { addressAt, type Lock, type WorldIntent } from '../world/intent.ts'
import type { Answer } from '../kit/answer.ts'
import { intentNamed, isHash, onceFinal, onClock, type Coordinator } from './coordinator.ts'
import { change, no, ok, type Route } from './route.ts'

/** How long a refund session lives, story milliseconds; the pages do not say. */
const LIFE_MS = 30 * MINUTE

/** One attempt to take a source lock back by hand. */
export interface Refund {
  sessionId: string
  intent: WorldIntent
  state: 'prepared' | 'submitted' | 'done'
  transaction: string | null
  /** Epoch milliseconds. */
  expiresAtMs: number
}

/** Refunds by hand. The coordinator's own are part of each intent's life and may come first. */
export interface Refunds {
  routes: Route[]
  /** The newest of an intent; null when there is none. */
  of: (intent: WorldIntent) => Refund | null
}

/** No refund is prepared yet. Each preparation opens a session of its own: nothing is promised about repeats. */
export function createRefunds(coordinator: Coordinator): Refunds {
  const { world, clock, random } = coordinator
  const bySession = new Map<string, Refund>()
  const newest = new Map<WorldIntent, Refund>()

  function prepare(intent: WorldIntent, lock: Lock): Answer {
    const sessionId = `refund-${random.hex(8).slice(2)}`
    const expiresAtMs = clock.nowMs() + onClock(coordinator, LIFE_MS)
    const refund: Refund = { sessionId, intent, state: 'prepared', transaction: null, expiresAtMs }
    bySession.set(sessionId, refund)
    newest.set(intent, refund)
    return ok(
      {
        refundSessionId: sessionId,
        intentId: intent.id,
        expiresAt: new Date(expiresAtMs).toISOString(),
        refund: {
          contractAddress: intent.route.from.htlcAddress,
          lockTransaction: lock.transaction,
          token: intent.fromToken.id,
          amount: intent.amount,
          recipient: addressAt(intent, 'source'),
        },
      },
      201,
    )
  }

  /** Once it is final the lock is spent by it, unless another transaction was first. */
  function spendOnceFinal(refund: Refund, transaction: string): void {
    const { intent } = refund
    onceFinal(coordinator, intent.route.from, () => {
      refund.state = 'done'
      if (intent.locks.source?.spent !== null) return
      world.act(intent, { kind: 'spent', side: 'source', by: 'refund', transaction })
    })
  }

  return {
    of: (intent) => newest.get(intent) ?? null,
    routes: [
      change('/api/midnight/refund/prepare', ({ body }) => {
        const named = intentNamed(coordinator, body['intentId'])
        if ('refused' in named) return named.refused
        const lock = refundableLock(named.intent, clock.nowMs())
        return 'refused' in lock ? lock.refused : prepare(named.intent, lock.lock)
      }),
      change('/api/midnight/refund/sessions/:refundSessionId/submitted', ({ parts, body }) => {
        const { txHash } = body
        const refund = bySession.get(parts['refundSessionId'] ?? '')
        if (refund === undefined) return no(404, 'Refund session not found')
        if (!isHash(txHash)) return no(400, 'txHash is no transaction hash')
        if (refund.expiresAtMs <= clock.nowMs()) return no(410, 'Refund session expired')
        if (refund.state !== 'prepared') return no(409, 'A transaction was reported already')
        refund.state = 'submitted'
        refund.transaction = txHash
        spendOnceFinal(refund, txHash)
        return ok({ refundSessionId: refund.sessionId, state: refund.state })
      }),
    ],
  }
}

function refundableLock(
  { route, stage, locks: { source } }: WorldIntent,
  nowMs: number,
): { lock: Lock } | { refused: Answer } {
  if (route.from.family !== 'midnight') return { refused: no(400, 'The source is not on Midnight') }
  if (source === null) return { refused: no(409, 'The source was never locked') }
  if (source.spent !== null) return { refused: no(409, 'The source lock is spent') }
  if (stage === 'completed') return { refused: no(409, 'The swap is complete') }
  // Contracts know whole seconds only.
  const opensAtMs = Math.floor(source.timelockAtMs / 1_000) * 1_000
  if (nowMs >= opensAtMs) return { lock: source }
  const until = new Date(opensAtMs).toISOString()
  return { refused: no(409, `The source timelock runs until ${until}`, { refundAvailableAt: until }) }
}
