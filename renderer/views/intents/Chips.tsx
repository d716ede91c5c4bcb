import { X } from 'lucide-react'
import type { ConsoleStatus, Counts, SystemCard } from '../../../shared/api/answers.ts'
import { PHASES } from '../../../shared/intent/phase.ts'
import { PhaseMark } from '../../parts/PhaseMark.tsx'
import { SHAPES } from '../../parts/tone.ts'
import { useStatus, useSystems } from '../../replica/status.ts'
import { RouteMenu } from './RouteMenu.tsx'
import { hasTerm, toggleTerm, withoutField } from './queryTerms.ts'
import { TermMenu } from './TermMenu.tsx'
import type { Hold } from './useHold.ts'
import { WatchIds } from './WatchIds.tsx'

const NO_COUNTS: Counts = {
  total: 0,
  open: 0,
  stuck: 0,
  atRisk: 0,
  endedAtRisk: 0,
  silenced: 0,
  watched: 0,
  contradicted: 0,
  bySystem: {},
  byPhase: {},
  byConnection: {},
}

const SIGNS = [
  { term: 'is:stuck', words: `${SHAPES.waiting} stuck`, count: (counts: Counts) => counts.stuck },
  { term: 'is:at-risk', words: 'money at risk', count: (counts: Counts) => counts.atRisk },
  { term: 'is:contradicted', words: 'answers disagree', count: (counts: Counts) => counts.contradicted },
  { term: 'is:watched', words: 'watched', count: (counts: Counts) => counts.watched },
] as const

interface SystemsProps {
  query: string
  onQuery: (query: string) => void
  counts: Counts
  connections: ConsoleStatus['connections']
  hold: Hold
}

/** Conditions that are one press away, with how many intents meet each, and the query as it stands. */
export function Chips({
  query,
  onQuery,
  hold,
}: {
  query: string
  onQuery: (query: string) => void
  hold: Hold
}) {
  const status = useStatus()
  const counts = status?.counts ?? NO_COUNTS
  const connections = status?.connections ?? []
  const toggle = (term: string) => {
    onQuery(toggleTerm(query, term))
  }

  return (
    <div className="chips" role="group" aria-label="Filters">
      <Systems {...{ query, onQuery, counts, connections, hold }} />
      <TermMenu
        title="Phase"
        field="phase:"
        {...{ query, toggle, hold }}
        options={PHASES.map((phase) => ({
          value: phase,
          words: <PhaseMark phase={phase} />,
          count: counts.byPhase[phase] ?? 0,
        }))}
      />
      {connections.length > 1 && (
        <TermMenu
          title="Connection"
          field="connection:"
          {...{ query, toggle, hold }}
          options={connections.map(({ id }) => ({
            value: id,
            words: id,
            count: counts.byConnection[id] ?? 0,
          }))}
        />
      )}
      <RouteMenu {...{ query, toggle, hold }} />
      {SIGNS.map(({ term, words, count }) => (
        <Chip
          key={term}
          isOn={hasTerm(query, term)}
          onPress={() => {
            toggle(term)
          }}
          count={count(counts)}
        >
          {words}
        </Chip>
      ))}
      <WatchIds className="chip" />
      {query !== '' && <QueryChip query={query} onQuery={onQuery} />}
    </div>
  )
}

/** The systems as chips, and where these would take lines as one menu; the width of the list shows one of the two. */
function Systems({ query, onQuery, counts, connections, hold }: SystemsProps) {
  const cards = useSystems()
  const systems = cards.filter((card) => connections.some(({ system }) => system === card.system))
  const toggle = (term: string) => {
    onQuery(toggleTerm(query, term))
  }
  return (
    <>
      <div className="system-menu">
        <TermMenu
          title="System"
          field="system:"
          {...{ query, toggle, hold }}
          wordsOf={(value) => cards.find(({ system }) => system === value)?.label ?? value}
          options={systems.map(({ system, label }) => ({
            value: system,
            words: label,
            count: counts.bySystem[system] ?? 0,
          }))}
        />
      </div>
      <div className="system-chips">
        <SystemChips {...{ query, onQuery, toggle, counts, systems }} />
      </div>
    </>
  )
}

function SystemChips(props: {
  query: string
  onQuery: (query: string) => void
  toggle: (term: string) => void
  counts: Counts
  systems: readonly SystemCard[]
}) {
  const { query, onQuery, toggle, counts, systems } = props
  return (
    <>
      <Chip
        isOn={withoutField(query, 'system:') === query.trim()}
        onPress={() => {
          onQuery(withoutField(query, 'system:'))
        }}
      >
        All systems
      </Chip>
      {systems.map(({ system, label }) => (
        <Chip
          key={system}
          isOn={hasTerm(query, `system:${system}`)}
          onPress={() => {
            toggle(`system:${system}`)
          }}
          count={counts.bySystem[system] ?? 0}
        >
          {label}
        </Chip>
      ))}
    </>
  )
}

function Chip({
  isOn,
  onPress,
  count,
  children,
}: {
  isOn: boolean
  onPress: () => void
  count?: number
  children: string
}) {
  return (
    <button type="button" className="chip" aria-pressed={isOn} onClick={onPress}>
      {children}
      {count !== undefined && <> {count.toLocaleString('en')}</>}
    </button>
  )
}

function QueryChip({ query, onQuery }: { query: string; onQuery: (query: string) => void }) {
  return (
    <span className="query-chip">
      <code>{query}</code>
      <button
        type="button"
        className="copy-button"
        aria-label="Remove the query"
        onClick={() => {
          onQuery('')
        }}
      >
        <X size={12} aria-hidden="true" />
      </button>
    </span>
  )
}
