import { formatAmount, isAmountText } from '../../../../shared/intent/amount.ts'
import type { PanelBlock } from '../../../../shared/intent/panel.ts'
import { partOf } from './partOf.ts'

/** How much of a whole is done: both amounts in full, the part in percent, and a bar of it. */
export function Progress({ caption, done, total }: Extract<PanelBlock, { is: 'progress' }>) {
  const isKnown = isAmountText(done.amountRaw) && isAmountText(total.amountRaw)
  const percent = isKnown ? partOf(done.amountRaw, total.amountRaw) : null
  const { text, unit, raw } = formatAmount(total)
  return (
    <div className="panel-progress">
      <p>
        {caption}:{' '}
        <strong className="amount" title={`${done.amountRaw} of ${raw} base units`}>
          {formatAmount(done).text} of {text} {unit}
        </strong>{' '}
        {percent !== null && <span className="muted">({percent} %)</span>}
      </p>
      {percent !== null && <progress aria-label={caption} max={100} value={Math.min(100, Number(percent))} />}
    </div>
  )
}
