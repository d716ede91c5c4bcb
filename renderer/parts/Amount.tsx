import { formatAmount } from '../../shared/intent/amount.ts'
import type { Amount as ExactAmount } from '../../shared/intent/amount.ts'

/** An exact amount with its unit after it and its base units on hover; says that it is not known when it is null. */
export function Amount({ amount }: { amount: ExactAmount | null }) {
  if (amount === null) return <span className="muted">amount not known</span>
  const { text, unit, raw } = formatAmount(amount)
  return (
    <span className="amount" title={`${raw} base units`}>
      {text} {unit}
    </span>
  )
}
