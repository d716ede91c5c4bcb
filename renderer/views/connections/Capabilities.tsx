import type { ConnectionSummary } from '../../../shared/api/presence.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { Mark } from '../../parts/Mark.tsx'

/** What can be done through a connection, and why not. */
export function Capabilities({ capabilities }: Pick<ConnectionSummary, 'capabilities'>) {
  const offeredFirst = capabilities.toSorted((a, b) => Number(b.isOffered) - Number(a.isOffered))
  return (
    <section className="connection-part">
      <h3>What it can do</h3>
      <ul className="capabilities">
        {offeredFirst.map(({ name, isOffered, why }) => (
          <li key={name} data-told={why !== ''}>
            <Mark tone={isOffered ? 'done' : 'plain'}>
              {wordsOfName(name)}
              {!isOffered && ': no'}
            </Mark>
            {why !== '' && <p className="muted connection-why">{why}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}
