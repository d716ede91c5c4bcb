import { workerData, type MessagePort } from 'node:worker_threads'
import { serveStore } from '../../electron/store/serve.ts'
import { upstreamOf, upstreams } from '../../electron/upstreams/index.ts'
import { deathIn, dieNow } from './offers.ts'

/** The database thread as it is, but that some events kill the process while they are written. */
serveStore(workerData as MessagePort, {
  normalise: (event) => {
    if (event.system === 'console') return []
    // Meaning is read within the transaction that writes the event.
    if (deathIn(event.payload) === 'before commit') dieNow()
    return upstreamOf(event.system).normalise(event)
  },
  vocabularyOf: (system) => upstreams.find((upstream) => upstream.system === system)?.vocabulary ?? null,
})
