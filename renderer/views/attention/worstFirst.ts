import type { IntentRow } from '../../../shared/api/row.ts'

/** Money at risk first, then what has been overdue for longest. The order does not change while nothing else does. */
export function worstFirst(rows: readonly IntentRow[]): IntentRow[] {
  return [...rows].sort(
    (a, b) =>
      Number(b.moneyAtRisk) - Number(a.moneyAtRisk) ||
      (a.overdueAtMs ?? Infinity) - (b.overdueAtMs ?? Infinity),
  )
}
