import { useState } from 'react'
import type { ConnectionLine } from '../../../shared/api/presence.ts'
import { ROW } from '../../frame/useRowKeys.ts'
import { Instant } from '../../parts/Instant.tsx'

/** What happened to a connection last, newest first; written out once it is opened, so that nobody takes it for the present. */
export function ConnectionLog({ lines }: { lines: readonly ConnectionLine[] }) {
  const [isOpen, setIsOpen] = useState(false)
  if (lines.length === 0) return null
  return (
    <section className="connection-part">
      <h3>Log</h3>
      <details
        onToggle={({ currentTarget }) => {
          setIsOpen(currentTarget.open)
        }}
      >
        <summary {...ROW}>What happened last</summary>
        {isOpen && (
          <ol className="connection-log" aria-label="Log">
            {lines.map(({ seq, ordinal, atMs, text }) => (
              <li key={`${seq} ${ordinal}`}>
                <Instant atMs={atMs} /> {text}
              </li>
            ))}
          </ol>
        )}
      </details>
    </section>
  )
}
