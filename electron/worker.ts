import { workerData, type MessagePort } from 'node:worker_threads'
import { serveStore } from './store/serve.ts'
import { upstreams } from './upstreams/index.ts'

// Each thread decides for itself whether a report of a crash carries the environment.
process.report.excludeEnv = true

const bySystem = new Map<string, (typeof upstreams)[number]>(upstreams.map((one) => [one.system, one]))

/** The root of the database thread: the store, and the pure parts of the adapters that read meaning for it. */
serveStore(workerData as MessagePort, {
  normalise: (event) => {
    const upstream = bySystem.get(event.system)
    if (upstream !== undefined) return upstream.normalise(event)
    return [{ about: 'quarantine', path: '$', reason: `No adapter of this console reads ${event.system}.` }]
  },
  vocabularyOf: (system) => bySystem.get(system)?.vocabulary ?? null,
})
