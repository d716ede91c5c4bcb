import type { MempoolSeries } from '../../../shared/api/answers.ts'
import { PHASES } from '../../../shared/intent/phase.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { Ago } from '../../parts/Ago.tsx'
import { Mark } from '../../parts/Mark.tsx'
import { phaseWord } from '../../parts/tone.ts'
import { differenceWords, type ComparedCounter } from './comparison.ts'

/** The counters as they stand, with their change and with what the console counts itself. */
export function CounterTable({
  counters,
  series,
}: {
  counters: readonly ComparedCounter[]
  series: MempoolSeries
}) {
  const isAnyDifferent = counters.some((counter) => differenceWords(counter) !== '')
  return (
    <>
      <table className="mempool-counters">
        <caption className="visually-hidden">Counters now</caption>
        <thead>
          <tr>
            <th scope="col">Counter</th>
            <th scope="col" className="number">
              System
              {series.latest !== null && (
                <>
                  {' '}
                  · <Ago atMs={series.latest.atMs} />
                </>
              )}
            </th>
            <th scope="col" className="number">
              Change in the last hour
            </th>
            <th scope="col" className="number">
              Console now
            </th>
            <th scope="col">Counted here as</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {counters.map((counter) => (
            <CounterLine key={counter.name} counter={counter} />
          ))}
        </tbody>
      </table>
      {isAnyDifferent && (
        <p className="muted prose">
          A difference is no fault by itself: the system also counts what it took on before this console
          listened, and the console keeps what the system has since dropped. The systems do not define their
          counters; which phases stand beside one goes by its name.
        </p>
      )}
    </>
  )
}

function CounterLine({ counter }: { counter: ComparedCounter }) {
  const { name, system, changeInHour, phases, ours } = counter
  const difference = differenceWords(counter)
  return (
    <tr>
      <th scope="row">{wordsOfName(name)}</th>
      <td className="number">
        <strong>{system.toLocaleString('en')}</strong>
      </td>
      <td className={`number ${changeInHour === null ? 'muted' : ''}`}>{changeWords(changeInHour)}</td>
      <td className="number">{ours === null ? '–' : ours.toLocaleString('en')}</td>
      <td className="muted">{phases.length === PHASES.length ? 'All' : phases.map(phaseWord).join(', ')}</td>
      <td>
        {difference !== '' && <Mark tone="waiting">{difference}</Mark>}
        {difference === '' && ours !== null && <span className="muted">none</span>}
        {ours === null && <span className="muted">the console counts nothing like it</span>}
      </td>
    </tr>
  )
}

function changeWords(change: number | null): string {
  if (change === null) return 'no reading an hour ago'
  if (change === 0) return 'none'
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toLocaleString('en')}`
}
