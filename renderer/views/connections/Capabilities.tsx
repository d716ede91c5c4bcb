import type { ConnectionSummary } from '../../../shared/api/presence.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { Mark } from '../../parts/Mark.tsx'

/** What can be done through a connection, and why not. */
export function Capabilities({ capabilities }: Pick<ConnectionSummary, 'capabilities'>) {
  const [offered = [], others = []] = [true, false].map((isOffered) =>
    capabilities.filter((capability) => capability.isOffered === isOffered),
  )
  return (
    <section className="connection-part">
      <h3>What it can do</h3>
      <p className="muted">{offered.map(({ name, words }) => words ?? wordsOfName(name)).join(' · ')}</p>
      <ul className="capabilities">
        {others.map(({ name, why }) => (
          <li key={name} data-told={why !== ''}>
            <Mark tone="plain">{wordsOfName(name)}: no</Mark>
            {why !== '' && <p className="muted connection-why">{why}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}
