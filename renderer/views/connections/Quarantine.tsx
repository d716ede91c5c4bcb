import { useState } from 'react'
import type { QuarantinedFrame } from '../../../shared/api/presence.ts'
import { ROW } from '../../frame/useRowKeys.ts'
import { Button } from '../../parts/Button.tsx'
import { counted } from '../../parts/counted.ts'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { Instant } from '../../parts/Instant.tsx'
import { Mark } from '../../parts/Mark.tsx'
import { useQuarantine } from '../../replica/quarantine.ts'
import { FrameDialog } from './FrameDialog.tsx'

/** Frames that could not be read: how many, and each one on request. */
export function Quarantine({ connection, count }: { connection: string; count: number }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <section className="connection-part">
      <h3>Frames that could not be read</h3>
      {count === 0 ? (
        <p className="muted">None.</p>
      ) : (
        <details
          onToggle={(event) => {
            setOpen(event.currentTarget.open)
          }}
        >
          <summary {...ROW}>
            <Mark tone="waiting">{`${counted(count, 'frame')} kept unread`}</Mark>
          </summary>
          {isOpen && <Frames connection={connection} count={count} />}
        </details>
      )}
    </section>
  )
}

function Frames({ connection, count }: { connection: string; count: number }) {
  const { frames, older, renew, failure } = useQuarantine(connection)
  const [opened, setOpened] = useState<QuarantinedFrame | null>(null)
  const [countWhenRead, setCountWhenRead] = useState(count)
  return (
    <>
      {failure !== null && <FailureNote failure={failure} />}
      {count > countWhenRead && (
        <Button
          onClick={() => {
            setCountWhenRead(count)
            renew()
          }}
        >
          {(count - countWhenRead).toLocaleString('en')} new
        </Button>
      )}
      <ul className="connection-frames">
        {frames.map((frame) => (
          <li key={frame.seq}>
            <button
              type="button"
              className="connection-frame"
              {...ROW}
              onClick={() => {
                setOpened(frame)
              }}
            >
              <Instant atMs={frame.receivedAtMs} isShort /> <code>{frame.kind}</code> at{' '}
              <code>{frame.path}</code>: {frame.reason}
            </button>
          </li>
        ))}
      </ul>
      {older !== null && <Button onClick={older}>Show older</Button>}
      {opened !== null && (
        <FrameDialog
          frame={opened}
          onClose={() => {
            setOpened(null)
          }}
        />
      )}
    </>
  )
}
