import { ACTION_STATES } from '../../../shared/api/action.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { useConnections } from '../../replica/connections.ts'
import { stateWords } from './actionWords.ts'
import type { ActionsSearch } from './actionsSearch.ts'

/** Which actions to show: by outcome, command, connection and any text. */
export function ActionFilters({
  search,
  onChange,
}: {
  search: ActionsSearch
  onChange: (changes: Partial<Record<keyof ActionsSearch, string>>) => void
}) {
  const connections = useConnections().value ?? []
  const offered = connections.flatMap(({ capabilities }) => capabilities.filter(({ isOffered }) => isOffered))
  const commands = new Map(offered.map(({ name, words }) => [name, words ?? wordsOfName(name)]))
  return (
    <div className="action-filters" role="group" aria-label="Filters">
      <Choice
        words="Outcome"
        value={search.state}
        options={ACTION_STATES.map((state) => [state, stateWords(state)])}
        onChange={(state) => {
          onChange({ state })
        }}
      />
      <Choice
        words="Command"
        value={search.command}
        options={[...commands].sort(([, a], [, b]) => a.localeCompare(b, 'en'))}
        onChange={(command) => {
          onChange({ command })
        }}
      />
      <Choice
        words="Connection"
        value={search.connection}
        options={connections.map(({ id }) => [id, id])}
        onChange={(connection) => {
          onChange({ connection })
        }}
      />
      <label>
        Text{' '}
        <input
          type="search"
          value={search.text ?? ''}
          placeholder="id, reason, who, answer"
          onChange={({ target }) => {
            onChange({ text: target.value })
          }}
        />
      </label>
    </div>
  )
}

function Choice({
  words,
  value = '',
  options,
  onChange,
}: {
  words: string
  value?: string | undefined
  options: readonly (readonly [value: string, words: string])[]
  onChange: (value: string) => void
}) {
  const isListed = value === '' || options.some(([option]) => option === value)
  return (
    <label>
      {words}{' '}
      <select
        value={value}
        onChange={({ target }) => {
          onChange(target.value)
        }}
      >
        <option value="">any</option>
        {!isListed && <option value={value}>{value}</option>}
        {options.map(([option, optionWords]) => (
          <option key={option} value={option}>
            {optionWords}
          </option>
        ))}
      </select>
    </label>
  )
}
