import type { MempoolSeries } from '../../../shared/api/answers.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { Instant } from '../../parts/Instant.tsx'
import { chartPoints, type ComparedCounter } from './comparison.ts'

/** Everything that the lines are drawn from, newest first. */
export function ReadingsTable({
  counters,
  series,
}: {
  counters: readonly ComparedCounter[]
  series: MempoolSeries
}) {
  const columns = counters.map((counter) => ({ name: counter.name, points: chartPoints(series, counter) }))
  const newestFirst = series.atMs.map((atMs, at) => ({ atMs, at })).reverse()
  return (
    <div className="mempool-readings" tabIndex={0} role="region" aria-label="Readings">
      <table>
        <caption className="muted">Each cell: the system’s counter, then the console’s own count.</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {columns.map(({ name }) => (
              <th scope="col" className="number" key={name}>
                {wordsOfName(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newestFirst.map(({ atMs, at }) => (
            <tr key={atMs}>
              <th scope="row">
                <Instant atMs={atMs} isShort />
              </th>
              {columns.map(({ name, points }) => (
                <td className="number" key={name}>
                  {countWords(points[at]?.system)}{' '}
                  <span className="muted">/ {countWords(points[at]?.ours)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function countWords(count: number | null | undefined): string {
  return count === null || count === undefined ? 'not heard' : count.toLocaleString('en')
}
