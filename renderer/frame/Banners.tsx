import { retryEngine } from '../host/engine.ts'
import { useEngineState } from '../host/useEngineState.ts'
import { Button } from '../parts/Button.tsx'
import { Since } from '../parts/Ago.tsx'
import { useStatus } from '../replica/status.ts'

/** What everybody must know before reading on: the engine is lost, the disk refuses, this is an archive. */
export function Banners() {
  const engine = useEngineState()
  const status = useStatus()
  return (
    <div aria-live="polite">
      {engine.is === 'connecting' && <p className="banner">Connecting to the console…</p>}
      {engine.is === 'lost' && (
        <p className="banner" data-tone="failed">
          <span>
            <strong>This page has lost its console</strong> for <Since sinceMs={engine.sinceMs} />. What you
            see is from before. {engine.why}
          </span>
          <Button onClick={retryEngine}>Try now</Button>
        </p>
      )}
      {status !== null && status.storeTrouble !== null && (
        <p className="banner" data-tone="failed">
          <span>
            <strong>Nothing is being received.</strong> {status.storeTrouble}
          </span>
        </p>
      )}
      {status?.mode === 'archive' && (
        <p className="banner" data-tone="waiting">
          This is an archive: nothing here is live.
        </p>
      )}
    </div>
  )
}
