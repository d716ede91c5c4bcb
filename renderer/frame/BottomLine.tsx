import type { ConsoleStatus } from '../../shared/api/answers.ts'
import { Ago, Countdown } from '../parts/Ago.tsx'
import { Mark } from '../parts/Mark.tsx'
import { presenceTone, presenceWord } from '../parts/tone.ts'
import { useStatus } from '../replica/status.ts'

const BYTES_A_GIGABYTE = 1_000_000_000

/** Below this much the disk is worth a colour: a day of a busy journal is a few gigabytes. */
const LITTLE_DISK_BYTES = 5 * BYTES_A_GIGABYTE

/** One line: how well each connection is heard, and how the journal keeps up. */
export function BottomLine() {
  const status = useStatus()
  if (status === null) return <footer className="bottom-line" />
  return (
    <footer className="bottom-line">
      {status.mode === 'live' &&
        status.connections.map((connection) => <Heard key={connection.id} {...connection} />)}
      {status.mode === 'live' && status.connections.length === 0 && (
        <span>no connections in this profile</span>
      )}
      <span className="top-bar-space" />
      <span>{status.eventsPerSec.toLocaleString('en', { maximumFractionDigits: 1 })} events/s</span>
      <span title="Events received and not yet on disk">
        behind by {status.behindBy.toLocaleString('en')}
      </span>
      <DiskLeft bytes={status.diskFreeBytes} />
    </footer>
  )
}

function Heard({ label, presence }: ConsoleStatus['connections'][number]) {
  return (
    <span title={[presence.reason, presence.tip].filter((sentence) => sentence !== '').join(' ')}>
      <Mark tone={presenceTone(presence.state)}>
        {label}{' '}
        {presence.state === 'live' && presence.lastReceivedAtMs !== null ? (
          <Ago atMs={presence.lastReceivedAtMs} />
        ) : (
          presenceWord(presence.state)
        )}
        {presence.state === 'retrying' && presence.nextRetryAtMs !== null && (
          <>
            {' '}
            <Countdown atMs={presence.nextRetryAtMs} />
          </>
        )}
      </Mark>
    </span>
  )
}

function DiskLeft({ bytes }: { bytes: number | null }) {
  if (bytes === null) return <span>disk space not known</span>
  const words = `${(bytes / BYTES_A_GIGABYTE).toLocaleString('en', { maximumFractionDigits: 1 })} GB free`
  return bytes < LITTLE_DISK_BYTES ? <Mark tone="waiting">{words}</Mark> : <span>{words}</span>
}
