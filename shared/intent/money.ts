import type { Intent } from './intent.ts'

/**
 * Whether funds are or may be locked while nothing says that they came out. A terminal word does not settle it: after a
 * failure the funds stay locked until somebody takes them back; a completion is believed unless it is contradicted or its proof is missing.
 */
export function isMoneyAtRisk(intent: Omit<Intent, 'moneyAtRisk'>): boolean {
  if (intent.isAtomic) return false
  const isLocked =
    intent.fundsLockedAtMs !== null ||
    intent.stages.some(({ phase }) => phase === 'executing' || phase === 'refunding')
  if (!isLocked || intent.fundsReleasedAtMs !== null) return false
  const isSettled = intent.phase === 'completed' || intent.phase === 'refunded'
  if (!isSettled || intent.isReleaseUnproven) return true
  return intent.contradictions.some(({ field }) => field === 'status')
}
