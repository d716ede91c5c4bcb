import type { QuarantinedFrame } from '../../../shared/api/presence.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { Instant } from '../../parts/Instant.tsx'

/** One frame that could not be read: where it failed, why, and what came. */
export function FrameDialog({ frame, onClose }: { frame: QuarantinedFrame; onClose: () => void }) {
  const { seq, kind, receivedAtMs, path, reason, payload } = frame
  return (
    <Dialog title="A frame that could not be read" isOpen onClose={onClose}>
      <dl className="connection-facts">
        <dt>Where</dt>
        <dd>
          <code>{path}</code>
        </dd>
        <dt>Why</dt>
        <dd>{reason}</dd>
        <dt>Event</dt>
        <dd>
          <code>{kind}</code>, number {seq.toLocaleString('en')} in the journal
        </dd>
        <dt>Received</dt>
        <dd>
          <Instant atMs={receivedAtMs} />
        </dd>
      </dl>
      <h3 className="connection-payload-head">
        Payload <CopyButton text={payload} what="Copy the payload" />
      </h3>
      <pre className="connection-payload" tabIndex={0} aria-label="Payload">
        {payload}
      </pre>
    </Dialog>
  )
}
