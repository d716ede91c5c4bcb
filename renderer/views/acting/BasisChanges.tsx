import type { BasisChange } from '../../../shared/api/action.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'

/** What moved between the rehearsal and the consent, side by side. */
export function BasisChanges({ changes }: { changes: readonly BasisChange[] }) {
  return (
    <table className="basis-changes">
      <caption className="visually-hidden">What moved since it was rehearsed</caption>
      <thead>
        <tr>
          <th scope="col">What moved</th>
          <th scope="col">As you confirmed it</th>
          <th scope="col">As it is now</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, was, is }) => (
          <tr key={field}>
            <th scope="row">{wordsOfName(field)}</th>
            <td>
              <Value text={was} />
            </td>
            <td>
              <Value text={is} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Value({ text }: { text: string | null }) {
  return text === null || text === '' ? <span className="muted">nothing</span> : <code>{text}</code>
}
