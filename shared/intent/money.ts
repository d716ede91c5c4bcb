import type { Intent } from './intent.ts'

/**
 * Whether funds are or may be locked while nothing says that they came out. A terminal word does not settle it: after a
 * failure the funds stay locked until somebody takes them back; a completion is believed unless it is contradicted.
 */
export function isMoneyAtRisk(intent: Omit<Intent, 'moneyAtRisk'>): boolean {
  const isLocked =
    intent.fundsLockedAtMs !== null ||
    intent.stages.some(({ phase }) => phase === 'executing' || phase === 'refunding')
  if (!isLocked || intent.fundsReleasedAtMs !== null) return false
  const isSettled = intent.phase === 'completed' || intent.phase === 'refunded'
  return !isSettled || intent.contradictions.some(({ field }) => field === 'status')
}
