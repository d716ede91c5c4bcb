import { useState } from 'react'
import { WatchDialog } from '../watching/WatchDialog.tsx'

/** The way to follow ids by hand from the list of intents. */
export function WatchIds({ className, connection }: { className: string; connection?: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className={className}
        onClick={() => {
          setOpen(true)
        }}
      >
        Watch ids
      </button>
      {isOpen && (
        <WatchDialog
          {...(connection === undefined ? {} : { connection })}
          onClose={() => {
            setOpen(false)
          }}
        />
      )}
    </>
  )
}
