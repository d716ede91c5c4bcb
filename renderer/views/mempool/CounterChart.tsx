import { useId, useMemo } from 'react'
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { formatInstantShort } from '../../../shared/intent/time.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { useClock } from '../../parts/clock.ts'
import type { Stretch } from '../../replica/mempool.ts'
import { chartPoints, type ChartPoint, type ComparedCounter } from './comparison.ts'

/** Height of a chart, pixels: eight of them fit under the table on a screen of 1080. */
const HEIGHT_PX = 150

/** One counter over time, from zero; nothing is drawn across a stretch that was not heard. */
export function CounterChart({ counter, stretch }: { counter: ComparedCounter; stretch: Stretch }) {
  const { name } = counter
  const titleId = useId()
  const points = useMemo(() => chartPoints(stretch.series, counter), [stretch, counter])
  const last = points.findLast(({ system }) => system !== null)
  return (
    <li className="mempool-chart" aria-labelledby={titleId}>
      <h3 id={titleId}>{wordsOfName(name)}</h3>
      <p className="mempool-lines">
        <span className="mempool-line-system">System {countWords(last?.system)}</span>
        <span className="mempool-line-ours">Console {countWords(last?.ours)}</span>
      </p>
      <div role="img" aria-label={`${wordsOfName(name)} over time; the same stands under Table`}>
        <Lines points={points} fromMs={stretch.fromMs} untilMs={stretch.untilMs} />
      </div>
    </li>
  )
}

function Lines({ points, fromMs, untilMs }: { points: ChartPoint[]; fromMs: number; untilMs: number }) {
  const { times } = useClock()
  const writeTime = (atMs: number) => formatInstantShort(atMs, times, untilMs)
  return (
    <ResponsiveContainer width="100%" height={HEIGHT_PX}>
      <LineChart data={points} margin={{ top: 4, right: 28, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis
          dataKey="atMs"
          type="number"
          domain={[fromMs, untilMs]}
          ticks={[fromMs, (fromMs + untilMs) / 2, untilMs]}
          tickFormatter={writeTime}
          stroke="var(--muted)"
          fontSize={11}
        />
        <YAxis
          domain={[0, 'auto']}
          allowDecimals={false}
          width={40}
          stroke="var(--muted)"
          fontSize={11}
          tickCount={4}
          tickFormatter={(count: number) => count.toLocaleString('en')}
        />
        <Tooltip
          isAnimationActive={false}
          labelFormatter={(label) => writeTime(Number(label))}
          contentStyle={{ background: 'var(--raised)', border: '1px solid var(--line)' }}
          itemStyle={{ color: 'var(--text)' }}
        />
        <Line name="System" dataKey="system" stroke="var(--open)" {...PLAIN} />
        <Line name="Console" dataKey="ours" stroke="var(--refund)" strokeDasharray="4 3" {...PLAIN} />
      </LineChart>
    </ResponsiveContainer>
  )
}

/** Straight, still, and broken where there is nothing. */
const PLAIN = { dot: false, connectNulls: false, isAnimationActive: false, strokeWidth: 1.5 } as const

function countWords(count: number | null | undefined): string {
  return count === null || count === undefined ? 'not heard' : count.toLocaleString('en')
}
