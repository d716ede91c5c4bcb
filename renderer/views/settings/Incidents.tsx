import type { StoreIncident } from '../../../shared/api/incident.ts'
import { Instant } from '../../parts/Instant.tsx'

/** What was wrong with the data folder and what was done about it; nothing when nothing ever was. */
export function Incidents({ incidents }: { incidents: readonly StoreIncident[] }) {
  if (incidents.length === 0) return null
  return (
    <section>
      <h2>Damage to the data</h2>
      <p className="muted prose">
        What the console found when it opened its data. Nothing is deleted: what was moved aside lies beside
        each report. Once you have looked at it, delete its folder, and from the next start on it is not told
        any more.
      </p>
      <ul>
        {incidents.map((incident) => (
          <li key={incident.folder}>
            <Instant atMs={incident.atMs} /> {sentenceOf(incident)} <code>{incident.folder}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}

function sentenceOf({ kind, reason, keptCount, lostCount }: StoreIncident): string {
  switch (kind) {
    case 'replaced': {
      const lost = lostCount === 0 ? 'none is known to be lost' : `${String(lostCount)} are lost`
      return `The store was moved aside and ${String(keptCount)} events were saved from it; ${lost}. ${reason}`
    }
    case 'rebuilt':
      return `The journal was whole; everything concluded from it was made anew. ${reason}`
    case 'log-missing':
      return `${reason} ${String(keptCount)} events are there.`
  }
}
