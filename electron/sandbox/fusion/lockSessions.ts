import { MINUTE } from '../world/durations.ts'
import type { WorldIntent } from '../world/intent.ts'
import { intentNamed, isHash, onceFinal, onClock, type Coordinator } from './coordinator.ts'
import { change, no, ok, type Route } from './route.ts'

/** How long a session lives, story milliseconds; the pages do not say. */
const LIFE_MS = 15 * MINUTE

interface Session {
  intent: WorldIntent
  state: 'created' | 'deploy-submitted' | 'lock-submitted'
  /** Epoch milliseconds. */
  expiresAtMs: number
}

/** Sessions for locking the source on Midnight: created, then the deployment reported, then the lock; or expired on the way. */
export function lockSessionRoutes(coordinator: Coordinator): Route[] {
  const { world, clock, random } = coordinator
  const sessions = new Map<string, Session>()

  /** Takes a session one step on, unless it is not its turn. */
  function step(
    id: string,
    { from, to }: { from: Session['state']; to: Session['state'] },
  ): { session: Session } | { refused: ReturnType<typeof no> } {
    const session = sessions.get(id)
    if (session === undefined) return { refused: no(404, 'Session not found') }
    if (session.expiresAtMs <= clock.nowMs()) return { refused: no(410, 'Session expired') }
    if (session.state !== from) return { refused: no(409, `Session is ${session.state}, not ${from}`) }
    session.state = to
    return { session }
  }

  /** Once the reported lock is final it is the intent's, if nobody locked meanwhile. */
  function lockOnceFinal(intent: WorldIntent, transaction: string): void {
    onceFinal(coordinator, intent.route.from, () => {
      if (intent.locks.source !== null || intent.stage !== 'locking') return
      world.act(intent, { kind: 'locked', side: 'source', transaction }, { kind: 'moved', to: 'executing' })
    })
  }

  return [
    change('/api/midnight/source-lock/sessions', ({ body }) => {
      const named = intentNamed(coordinator, body['intentId'])
      if ('refused' in named) return named.refused
      const { intent } = named
      if (intent.route.from.family !== 'midnight') return no(400, 'The source is not on Midnight')
      if (intent.locks.source !== null) return no(409, 'The source is locked already')
      if (intent.stage !== 'matched' && intent.stage !== 'locking')
        return no(409, 'The intent does not wait for its source lock')
      const sessionId = `lock-${random.hex(8).slice(2)}`
      const expiresAtMs = clock.nowMs() + onClock(coordinator, LIFE_MS)
      sessions.set(sessionId, { intent, state: 'created', expiresAtMs })
      const expiresAt = new Date(expiresAtMs).toISOString()
      return ok({ sessionId, intentId: intent.id, state: 'created', expiresAt }, 201)
    }),
    change('/api/midnight/source-lock/sessions/:sessionId/deploy-submitted', ({ parts, body }) => {
      if (!isHash(body['txHash'])) return no(400, 'txHash is no transaction hash')
      if (typeof body['contractAddress'] !== 'string') return no(400, 'contractAddress is missing')
      const given = step(parts['sessionId'] ?? '', { from: 'created', to: 'deploy-submitted' })
      if ('refused' in given) return given.refused
      return ok({ sessionId: parts['sessionId'], state: given.session.state })
    }),
    change('/api/midnight/source-lock/sessions/:sessionId/lock-submitted', ({ parts, body }) => {
      const { txHash } = body
      if (!isHash(txHash)) return no(400, 'txHash is no transaction hash')
      const given = step(parts['sessionId'] ?? '', { from: 'deploy-submitted', to: 'lock-submitted' })
      if ('refused' in given) return given.refused
      lockOnceFinal(given.session.intent, txHash)
      return ok({ sessionId: parts['sessionId'], state: given.session.state })
    }),
  ]
}
