/** The far end of the pipeline without SQLite: reads, de-duplicates and folds each batch in a thread, and keeps nothing. */
import { parentPort } from 'node:worker_threads'
import { contentDigest } from '../../electron/store/journal/digest.ts'
import { upstreamOf } from '../../electron/upstreams/index.ts'
import { applyFact, beginIntent } from '../../shared/intent/fold.ts'
import { intentIdOf } from '../../shared/intent/ids.ts'
import type { Intent } from '../../shared/intent/intent.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'

const seen = new Set<string>()
const intents = new Map<string, Intent>()

parentPort?.on('message', (batch: RawEvent[]) => {
  for (const event of batch) take(event)
  parentPort?.postMessage(intents.size)
})

function take(event: RawEvent): void {
  const { connection, system, origin, receivedAtMs } = event
  if (system === 'console') return
  const content = contentDigest(event).toString('latin1')
  if (seen.has(content)) return
  seen.add(content)
  for (const fact of upstreamOf(system).normalise(event)) {
    if (fact.about !== 'intent' || fact.aliases[0] === undefined) continue
    const id = intentIdOf(connection, fact.aliases[0])
    const known = intents.get(id)
    const heard = { fact, origin, receivedAtMs }
    const head = { id, system, connection }
    intents.set(id, known === undefined ? beginIntent(head, heard) : applyFact(known, heard))
  }
}
