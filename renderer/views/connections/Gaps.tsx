import type { Gap } from '../../../shared/api/presence.ts'
import { formatDuration } from '../../../shared/intent/time.ts'
import { ROW } from '../../frame/useRowKeys.ts'
import { Since } from '../../parts/Ago.tsx'
import { useTick } from '../../parts/clock.ts'
import { counted } from '../../parts/counted.ts'
import { Instant } from '../../parts/Instant.tsx'
import { Mark } from '../../parts/Mark.tsx'
import { placeOfGap } from './gapPlace.ts'

/** When the console could not listen within the last day: a strip with the exact stretches, and the same in words. */
export function Gaps({ gaps }: { gaps: readonly Gap[] }) {
  return (
    <section className="connection-part">
      <h3>Gaps of the last 24 hours</h3>
      <GapStrip gaps={gaps} />
      {gaps.length === 0 ? (
        <p className="muted">None: everything that was sent in this time could be heard.</p>
      ) : (
        <details>
          <summary {...ROW}>{counted(gaps.length, 'gap')}: when, why and what was read again</summary>
          <ul className="connection-gaps">
            {gaps.map((gap) => (
              <GapLine key={gap.fromMs} gap={gap} />
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function GapStrip({ gaps }: { gaps: readonly Gap[] }) {
  const nowMs = useTick()
  return (
    <div className="gap-strip" aria-hidden="true">
      {gaps.map((gap) => (
        <span
          key={gap.fromMs}
          className="gap-strip-gap"
          style={insideStrip(placeOfGap(gap, nowMs))}
          title={gap.reason}
        />
      ))}
      <span className="gap-strip-from">24 h ago</span>
      <span className="gap-strip-until">now</span>
    </div>
  )
}

/** The shortest gap that can still be seen has to fit in at the right end. */
function insideStrip({ left, width }: { left: string; width: string }) {
  return { left: `min(${left}, 100% - 4px)`, width }
}

function GapLine({ gap }: { gap: Gap }) {
  const { fromMs, untilMs, reason } = gap
  return (
    <li>
      <Instant atMs={fromMs} isShort /> to {untilMs === null ? 'now' : <Instant atMs={untilMs} isShort />} (
      {untilMs === null ? <Since sinceMs={fromMs} /> : formatDuration(untilMs - fromMs)}). {reason}{' '}
      <Repair gap={gap} />
    </li>
  )
}

function Repair({ gap: { untilMs, repairedAtMs, repairedCount, repairFailedCount } }: { gap: Gap }) {
  if (untilMs === null) return <Mark tone="waiting">still lasting</Mark>
  if (repairedAtMs === null) return <Mark tone="moving">open intents are being read again</Mark>
  return (
    <Mark tone={repairFailedCount === 0 ? 'done' : 'waiting'}>
      {counted(repairedCount, 'open intent')} read again (<Instant atMs={repairedAtMs} isShort />)
      {repairFailedCount > 0 && `; ${repairFailedCount.toLocaleString('en')} could not be read`}
    </Mark>
  )
}
