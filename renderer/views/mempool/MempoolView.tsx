import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { SystemCard } from '../../../shared/api/answers.ts'
import type { SystemName } from '../../../shared/intent/ids.ts'
import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'
import { Empty } from '../../parts/Empty.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { Segments } from '../../parts/Segments.tsx'
import { useMempool } from '../../replica/mempool.ts'
import { useStatus, useSystems } from '../../replica/status.ts'
import { compareCounters } from './comparison.ts'
import { CounterTable } from './CounterTable.tsx'
import { CounterChart } from './CounterChart.tsx'
import { ReadingsTable } from './ReadingsTable.tsx'
import './mempool.css'

const MINUTE_MS = 60_000

const RANGES = [
  { value: '15', words: '15 min' },
  { value: '60', words: '1 h' },
  { value: '360', words: '6 h' },
  { value: '1440', words: '24 h' },
] as const

const FORMS = [
  { value: 'lines', words: 'Lines' },
  { value: 'table', words: 'Table' },
] as const

/** What the systems count, over time, beside what the console counts itself. */
export function MempoolView() {
  const status = useStatus()
  const [chosen, setChosen] = useState<string | null>(null)
  const cards = useSystems()
  const connections = status?.connections ?? []
  const counting = connections.find(({ system }) => countersOf(system, cards) !== null)
  const connection = connections.find(({ id }) => id === chosen) ?? counting ?? connections[0]
  return (
    <div className="view">
      <h1>Mempool</h1>
      {connections.length > 1 && connection !== undefined && (
        <Segments
          label="Connection"
          options={connections.map(({ id }) => ({ value: id, words: id }))}
          value={connection.id}
          onChange={setChosen}
        />
      )}
      {connection !== undefined && cards.length > 0 && (
        <OneConnection key={connection.id} {...connection} countedAs={countersOf(connection.system, cards)} />
      )}
      {status !== null && connection === undefined && (
        <Empty title="This profile has no connections">
          <p>
            Counters come from a system. Choose another profile in <Link to="/settings">Settings</Link>.
          </p>
        </Empty>
      )}
    </div>
  )
}

type CountedAs = NonNullable<Vocabulary['counters']>

/** The counters of a system, by what its vocabulary says; null for a system that has none. */
function countersOf(system: SystemName, cards: readonly SystemCard[]): CountedAs | null {
  return cards.find((card) => card.system === system)?.vocabulary.counters ?? null
}

function OneConnection({ id, label, countedAs }: { id: string; label: string; countedAs: CountedAs | null }) {
  if (countedAs !== null) return <Counters connection={id} countedAs={countedAs} />
  return (
    <Empty title={`${label} publishes no counters`}>
      <p>
        What the console itself counts on this connection stands in{' '}
        <Link to="/intents" search={{ query: `connection:${id}` }}>
          Intents
        </Link>
        .
      </p>
    </Empty>
  )
}

function Counters({ connection, countedAs }: { connection: string; countedAs: CountedAs }) {
  const [minutes, setMinutes] = useState<(typeof RANGES)[number]['value']>('15')
  const [form, setForm] = useState<(typeof FORMS)[number]['value']>('lines')
  const { value, failure } = useMempool(connection, Number(minutes) * MINUTE_MS)
  if (failure !== null && value === null) return <FailureNote failure={failure} />
  if (value === null) return <Empty title="Reading the counters…" />
  if (value.series.latest === null) {
    return (
      <Empty title="No counters were heard on this connection">
        <p>
          The system publishes some and has not yet done so here. How well it is heard stands under{' '}
          <Link to="/connections">Connections</Link>.
        </p>
      </Empty>
    )
  }
  const counters = compareCounters(value.series, countedAs)
  return (
    <>
      {failure !== null && <FailureNote failure={failure} />}
      <CounterTable counters={counters} series={value.series} />
      <div className="mempool-bar">
        <h2>Over time</h2>
        <Segments label="Range" options={RANGES} value={minutes} onChange={setMinutes} />
        <Segments label="Form" options={FORMS} value={form} onChange={setForm} />
      </div>
      {form === 'table' ? (
        <ReadingsTable counters={counters} series={value.series} />
      ) : (
        <ul className="mempool-charts">
          {counters.map((counter) => (
            <CounterChart key={counter.name} counter={counter} stretch={value} />
          ))}
        </ul>
      )}
    </>
  )
}
