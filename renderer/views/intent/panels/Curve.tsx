import type { PanelBlock } from '../../../../shared/intent/panel.ts'
import { Countdown } from '../../../parts/Ago.tsx'
import { useTick } from '../../../parts/clock.ts'
import { Instant } from '../../../parts/Instant.tsx'
import { curveInBox, valueAt } from './curve.ts'

/** The drawing's own units; it is stretched to the width there is. */
const BOX = { width: 400, height: 56 }

/** A value that moves with time: its line with a mark at now, the present value and the end in words, its points in a table. */
export function Curve({ caption, unit, points }: Extract<PanelBlock, { is: 'curve' }>) {
  const nowMs = useTick()
  const [first] = points
  const last = points.at(-1)
  const present = valueAt(points, nowMs)
  if (first === undefined || last === undefined || present === null) {
    return <p className="panel-note">{caption}: not known.</p>
  }
  const { line, now } = curveInBox(points, nowMs, BOX)
  return (
    <figure className="panel-curve">
      <figcaption>
        {caption}: <strong className="amount">{`${grouped(present)} ${unit}`.trim()}</strong> now;{' '}
        <When firstMs={first.atMs} lastMs={last.atMs} nowMs={nowMs} />{' '}
        <span className="amount">{`${grouped(last.value)} ${unit}`.trim()}</span>
      </figcaption>
      <svg
        role="img"
        aria-label={`${caption} over time; the same stands under Points`}
        viewBox={`-4 -4 ${BOX.width + 8} ${BOX.height + 8}`}
        preserveAspectRatio="none"
      >
        <line className="panel-curve-now" x1={now.x} x2={now.x} y1={-4} y2={BOX.height + 4} />
        <polyline className="panel-curve-line" points={line} />
        <line className="panel-curve-dot" x1={now.x} x2={now.x} y1={now.y} y2={now.y} />
      </svg>
      <Points {...{ caption, unit, points }} />
    </figure>
  )
}

function When({ firstMs, lastMs, nowMs }: { firstMs: number; lastMs: number; nowMs: number }) {
  if (nowMs < firstMs)
    return (
      <>
        begins <Countdown atMs={firstMs} />, ends at
      </>
    )
  if (nowMs < lastMs)
    return (
      <>
        ends <Countdown atMs={lastMs} /> at
      </>
    )
  return (
    <>
      its end <Countdown atMs={lastMs} />, at
    </>
  )
}

function Points({
  caption,
  unit,
  points,
}: Pick<Extract<PanelBlock, { is: 'curve' }>, 'caption' | 'unit' | 'points'>) {
  return (
    <details className="more-facts">
      <summary>Points</summary>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">At</th>
            <th scope="col" className="number">
              {unit === '' ? 'Value' : unit}
            </th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ atMs, value }, at) => (
            <tr key={at}>
              <td>
                <Instant atMs={atMs} />
              </td>
              <td className="number">{grouped(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

/** A decimal with its thousands grouped, as amounts are. */
function grouped(value: string): string {
  const [whole = '', fraction] = value.split('.')
  const groups = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, '\u202f')
  return fraction === undefined ? groups : `${groups}.${fraction}`
}
