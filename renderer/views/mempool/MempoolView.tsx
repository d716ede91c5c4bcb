import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Empty } from '../../parts/Empty.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { Segments } from '../../parts/Segments.tsx'
import { useMempool } from '../../replica/mempool.ts'
import { useStatus } from '../../replica/status.ts'
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
  const connections = status?.connections ?? []
  const connection = connections.find(({ id }) => id === chosen)?.id ?? connections[0]?.id
  return (
    <div className="view">
      <h1>Mempool</h1>
      {connections.length > 1 && connection !== undefined && (
        <Segments
          label="Connection"
          options={connections.map(({ id }) => ({ value: id, words: id }))}
          value={connection}
          onChange={setChosen}
        />
      )}
      {connection !== undefined && <Counters key={connection} connection={connection} />}
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

function Counters({ connection }: { connection: string }) {
  const [minutes, setMinutes] = useState<(typeof RANGES)[number]['value']>('15')
  const [form, setForm] = useState<(typeof FORMS)[number]['value']>('lines')
  const { value, failure } = useMempool(connection, Number(minutes) * MINUTE_MS)
  if (failure !== null && value === null) return <FailureNote failure={failure} />
  if (value === null) return <Empty title="Reading the counters…" />
  if (value.series.latest === null) {
    return (
      <Empty title="No counters were heard on this connection">
        <p>
          The system either does not publish any or has not yet done so. How well it is heard stands under{' '}
          <Link to="/connections">Connections</Link>.
        </p>
      </Empty>
    )
  }
  const counters = compareCounters(value.series)
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
        <ReadingsTable series={value.series} />
      ) : (
        <ul className="mempool-charts">
          {counters.map(({ name }) => (
            <CounterChart key={name} name={name} stretch={value} />
          ))}
        </ul>
      )}
    </>
  )
}
