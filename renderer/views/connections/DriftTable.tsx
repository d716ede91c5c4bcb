import type { Drift } from '../../../shared/api/presence.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { Ago } from '../../parts/Ago.tsx'

/** What was heard and is not in the contract of the system: kept, shown verbatim, counted. */
export function DriftTable({ drift }: { drift: readonly Drift[] }) {
  return (
    <section className="connection-part">
      <h3>Words outside the contract</h3>
      {drift.length === 0 ? (
        <p className="muted">None were heard.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Where</th>
              <th scope="col" className="number">
                Times
              </th>
              <th scope="col">First</th>
              <th scope="col">Last</th>
            </tr>
          </thead>
          <tbody>
            {drift.map(({ kind, where, what, count, firstAtMs, lastAtMs }) => (
              <tr key={`${kind} ${where} ${what}`}>
                <td>
                  {wordsOfName(kind.replaceAll('-', ' '))} <code>{what}</code>
                </td>
                <td>
                  <code>{where}</code>
                </td>
                <td className="number">{count.toLocaleString('en')}</td>
                <td>
                  <Ago atMs={firstAtMs} />
                </td>
                <td>
                  <Ago atMs={lastAtMs} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
