import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import type { ConsoleStatus } from '../../shared/api/answers.ts'
import { useActionsInNeed } from '../replica/actions.ts'
import { useStatus } from '../replica/status.ts'
import { SHAPES, type Tone } from '../parts/tone.ts'
import { attentionCount, unwellCount } from './waiting.ts'

/** What stands beside a link; `words` say it to people who do not see it. */
interface Count {
  number: number
  words: string
  tone: Tone
}

const LINKS = [
  { to: '/intents', name: 'Intents', count: intentCount },
  { to: '/attention', name: 'Attention', count: attention },
  { to: '/mempool', name: 'Mempool', count: noCount },
  { to: '/connections', name: 'Connections', count: unwell },
  { to: '/actions', name: 'Actions', count: unsettled },
  { to: '/archive', name: 'Archive', count: noCount },
  { to: '/settings', name: 'Settings', count: noCount },
] as const

/** The seven screens with what waits on them. */
export function Rail() {
  const status = useStatus()
  const inNeed = useActionsInNeed()
  return (
    <nav className="rail" aria-label="Screens">
      <ul>
        {LINKS.map(({ to, name, count }) => (
          <RailLink
            key={to}
            to={to}
            name={name}
            count={status === null ? null : count(status, inNeed?.openCount ?? 0, inNeed?.lateCount ?? 0)}
          />
        ))}
      </ul>
    </nav>
  )
}

function RailLink({
  to,
  name,
  count,
}: {
  to: (typeof LINKS)[number]['to']
  name: string
  count: Count | null
}) {
  const countId = useId()
  return (
    <li className="rail-item">
      <Link to={to} className="rail-link" {...(count === null ? {} : { 'aria-describedby': countId })}>
        {name}
      </Link>
      {count !== null && (
        <span className="rail-count" data-tone={count.tone} id={countId} title={count.words}>
          {count.tone === 'waiting' && <span aria-hidden="true">{SHAPES.waiting} </span>}
          {count.number.toLocaleString('en')}
          <span className="visually-hidden"> {count.words}</span>
        </span>
      )}
    </li>
  )
}

function intentCount({ counts }: ConsoleStatus): Count {
  return { number: counts.total, words: 'intents known', tone: 'plain' }
}

function attention(status: ConsoleStatus, openCount: number, lateCount: number): Count | null {
  const number = attentionCount(status) + openCount + lateCount
  return number === 0 ? null : { number, words: 'need a person', tone: 'failed' }
}

function unwell(status: ConsoleStatus): Count | null {
  const number = unwellCount(status)
  return number === 0 ? null : { number, words: 'connections are not well', tone: 'waiting' }
}

function unsettled(_: ConsoleStatus, openCount: number, lateCount: number): Count | null {
  const number = openCount + lateCount
  return number === 0 ? null : { number, words: 'not settled, or carried out late', tone: 'waiting' }
}

function noCount(): null {
  return null
}
