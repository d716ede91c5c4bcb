import { useState } from 'react'
import type { ConnectionSummary } from '../../../shared/api/presence.ts'
import { Button } from '../../parts/Button.tsx'
import { counted } from '../../parts/counted.ts'
import { WatchDialog } from '../watching/WatchDialog.tsx'

/** How many ids are followed by hand here, and the way to add, see and remove them. */
export function WatchedIds({ connection }: { connection: ConnectionSummary }) {
  const [isOpen, setOpen] = useState(false)
  const { id, capabilities, watched, isHeldHere } = connection
  const capability = capabilities.find(({ name }) => name === 'watchIntent')
  if (capability?.isOffered !== true) return null
  return (
    <section className="connection-part">
      <h3>Watched by hand</h3>
      <p className="connection-retry">
        {watched.length === 0 ? 'No id.' : `${counted(watched.length, 'id')}.`}
        <Button
          disabled={!isHeldHere}
          onClick={() => {
            setOpen(true)
          }}
        >
          Watch ids
        </Button>
      </p>
      {isOpen && (
        <WatchDialog
          connection={id}
          onClose={() => {
            setOpen(false)
          }}
        />
      )}
    </section>
  )
}
