import type { CustomCellRendererProps } from 'ag-grid-react'
import type { IntentRow } from '../../../shared/api/row.ts'
import { formatAmount, type Amount } from '../../../shared/intent/amount.ts'
import { nextDeadline } from '../../../shared/intent/deadline.ts'
import { formatDuration } from '../../../shared/intent/time.ts'
import { Ago, Countdown, Since } from '../../parts/Ago.tsx'
import { useTick } from '../../parts/clock.ts'
import { CopyableId } from '../../parts/CopyableId.tsx'
import { Instant } from '../../parts/Instant.tsx'
import { Mark } from '../../parts/Mark.tsx'
import { PhaseMark } from '../../parts/PhaseMark.tsx'

type Cell = CustomCellRendererProps<IntentRow>

/** The system's id of the intent; whole on hover, copied with a press. */
export function IdCell({ data }: Cell) {
  return data && <CopyableId value={data.mainId} />
}

/** Our phase, shape and word. */
export function PhaseCell({ data }: Cell) {
  return data && <PhaseMark phase={data.phase} />
}

/** How long the intent has been in its phase; past the normal wait with a mark and what would be normal. */
export function WaitCell({ data }: Cell) {
  const nowMs = useTick()
  if (data === undefined) return null
  if (data.overdueAtMs === null || nowMs < data.overdueAtMs) return <Since sinceMs={data.phaseSinceMs} />
  return (
    <strong>
      <Mark tone="waiting">
        <Since sinceMs={data.phaseSinceMs} /> · normal ≤{' '}
        {formatDuration(data.overdueAtMs - data.phaseSinceMs)}
      </Mark>
    </strong>
  )
}

/** What is given. */
export function SourceAmountCell({ data }: Cell) {
  return data && <AlignedAmount amount={data.source.amount} />
}

/** What is wanted. */
export function DestinationAmountCell({ data }: Cell) {
  return data && <AlignedAmount amount={data.destination.amount} />
}

/** An address, shortened. */
export function MakerCell({ data }: Cell) {
  return data !== undefined && data.maker !== null && <CopyableId value={data.maker} />
}

/** An address, shortened; nothing until somebody has taken the intent. */
export function SolverCell({ data }: Cell) {
  return data !== undefined && data.solver !== null && <CopyableId value={data.solver} />
}

/** Until the nearest deadline that has not passed; for an open intent whose deadlines have all passed, since the last. */
export function DeadlineCell({ data }: Cell) {
  const nowMs = useTick()
  if (data === undefined || data.isTerminal || data.deadlines.length === 0) return null
  const next = nextDeadline(data.deadlines, nowMs)
  if (next !== null) return <Countdown atMs={next.atMs} />
  return (
    <Mark tone="waiting">
      <Countdown atMs={Math.max(...data.deadlines.map(({ atMs }) => atMs))} />
    </Mark>
  )
}

/** What was heard last, from where and when. */
export function LastEventCell({ data }: Cell) {
  if (data === undefined) return null
  return (
    <>
      <span className="muted">
        {data.lastKind} · {data.lastOrigin} ·{' '}
      </span>
      <Ago atMs={data.lastHeardAtMs} />
    </>
  )
}

/** When the intent was made. */
export function CreatedCell({ data }: Cell) {
  return data && <Instant atMs={data.createdAtMs} />
}

function AlignedAmount({ amount }: { amount: Amount | null }) {
  if (amount === null) return null
  const { text, unit, raw } = formatAmount(amount)
  const [whole, fraction] = text.split('.')
  return (
    <span
      className="aligned-amount"
      data-divided={amount.decimals !== null}
      title={`${text} ${unit} (${raw} base units)`}
    >
      <span className="aligned-whole">{whole}</span>
      {amount.decimals !== null && (
        <span className="aligned-fraction">{fraction === undefined ? '' : `.${fraction}`}</span>
      )}
      <span className="aligned-unit">{unit}</span>
    </span>
  )
}
