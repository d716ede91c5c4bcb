import type { ConnectionSummary } from '../../../shared/api/presence.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { Mark } from '../../parts/Mark.tsx'

/** What can be done through a connection, and why not. */
export function Capabilities({ capabilities }: Pick<ConnectionSummary, 'capabilities'>) {
  return (
    <section className="connection-part">
      <h3>What it can do</h3>
      <ul>
        {capabilities.map(({ name, isOffered, why }) => (
          <li key={name}>
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
