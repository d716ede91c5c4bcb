import { useEffect, useState } from 'react'
import type { Bulk } from '../../../shared/api/bulk.ts'
import { inBackground } from '../../host/inBackground.ts'
import { Button } from '../../parts/Button.tsx'
import { counted } from '../../parts/counted.ts'
import { Dialog } from '../../parts/Dialog.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { useBulk, type BulkRun } from '../../replica/bulk.ts'
import { BulkConsent } from './BulkConsent.tsx'
import { BulkInput } from './BulkInput.tsx'
import { BulkItems } from './BulkItems.tsx'
import './acting.css'

/** A command to be done for a selection; those that take something say what. */
export interface BulkCommand {
  name: string
  words: string
  takes: 'text' | 'tag' | 'silence' | 'nothing'
}

/** The same command over a selection: what it takes, how many and which are left out and why, consent, progress, results. */
export function BulkDialog({
  command,
  intents,
  onClose,
}: {
  command: BulkCommand
  intents: readonly string[]
  onClose: () => void
}) {
  const run = useBulk(command.name, intents)
  const { bulk, failure } = run
  const isRunning = bulk?.state === 'running'
  return (
    <Dialog
      title={`${command.words}: ${counted(intents.length, 'intent')}`}
      isOpen
      leaving={isRunning ? 'not-now' : 'deliberately'}
      onClose={onClose}
    >
      <div className="acting acting-step">
        <div className="dialog-scroll">
          {bulk === null && command.takes === 'nothing' && <PrepareAtOnce run={run} />}
          {bulk === null && command.takes !== 'nothing' && (
            <BulkInput
              takes={command.takes}
              isUnderWay={run.isUnderWay}
              onInput={(input) => {
                inBackground('preparing for many', run.prepare(input))
              }}
            />
          )}
          {failure !== null && <FailureNote failure={failure} />}
          {bulk !== null && <BulkItems bulk={bulk} />}
        </div>
        {bulk !== null && (
          <div className="dialog-foot">
            <BulkFoot bulk={bulk} run={run} onClose={onClose} />
          </div>
        )}
      </div>
    </Dialog>
  )
}

function BulkFoot({ bulk, run, onClose }: { bulk: Bulk; run: BulkRun; onClose: () => void }) {
  switch (bulk.state) {
    case 'prepared':
      return <BulkConsent bulk={bulk} run={run} />
    case 'running':
      return (
        <p className="acting-line">
          <Button
            onClick={() => {
              inBackground('stopping', run.stop())
            }}
          >
            Stop
          </Button>
          <span className="muted">What was sent was sent; the rest is left alone.</span>
        </p>
      )
    case 'done':
    case 'stopped':
      return <Button onClick={onClose}>Done</Button>
  }
}

/** Where nothing has to be filled in, it is looked at once for which of them it can be done. */
function PrepareAtOnce({ run }: { run: BulkRun }) {
  const [prepare] = useState(() => run.prepare)
  useEffect(() => {
    inBackground('preparing for many', prepare({}))
  }, [prepare])
  return <p role="status">Looking for which of them it can be done…</p>
}
