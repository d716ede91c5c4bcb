import { Link } from '@tanstack/react-router'
import type { ActionRecord } from '../../../shared/api/action.ts'
import { ROW } from '../../frame/useRowKeys.ts'
import { Ago } from '../../parts/Ago.tsx'
import { Badge } from '../../parts/Badge.tsx'
import { Mark } from '../../parts/Mark.tsx'
import { ShortIdText } from '../../parts/ShortId.tsx'
import { outcomeOf } from './actionWords.ts'
import type { ActionsSearch } from './actionsSearch.ts'

/** The log as a table; the command of a row opens it. */
export function ActionTable({
  actions,
  search,
}: {
  actions: readonly ActionRecord[]
  search: ActionsSearch
}) {
  return (
    <table className="action-table">
      <caption className="visually-hidden">Actions</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Command</th>
          <th scope="col">Outcome</th>
          <th scope="col">About</th>
          <th scope="col">Who</th>
          <th scope="col">Reason</th>
        </tr>
      </thead>
      <tbody>
        {actions.map((action) => (
          <ActionRow key={action.id} action={action} search={search} />
        ))}
      </tbody>
    </table>
  )
}

function ActionRow({ action, search }: { action: ActionRecord; search: ActionsSearch }) {
  const { id, words, intent, subject, who, reason, openedAtMs } = action
  const outcome = outcomeOf(action)
  const isOpened = search.action === id
  return (
    <tr data-opened={isOpened} data-open={outcome.tone === 'waiting'}>
      <td>
        <Ago atMs={openedAtMs} />
      </td>
      <td>
        <Link to="/actions" search={{ ...search, action: id }} {...ROW} aria-current={isOpened}>
          {words}
        </Link>
      </td>
      <td>
        <Mark tone={outcome.tone}>{outcome.words}</Mark> {action.isLate && <Badge tone="waiting">late</Badge>}
      </td>
      <td>
        {intent === null ? (
          <ShortIdText value={subject} />
        ) : (
          <Link to="/intents/$id" params={{ id: intent }}>
            <ShortIdText value={subject} />
          </Link>
        )}{' '}
        <span className="muted">{action.connection}</span>
      </td>
      <td>{who}</td>
      <td className="action-reason" title={reason}>
        {reason}
      </td>
    </tr>
  )
}
