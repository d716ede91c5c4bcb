import { workerData, type MessagePort } from 'node:worker_threads'
import { serveStore } from './store/serve.ts'
import { upstreams } from './upstreams/index.ts'
import { meaningOf } from './upstreams/meaning.ts'

// Each thread decides for itself whether a report of a crash carries the environment.
process.report.excludeEnv = true

/** The root of the database thread: the store, and the pure parts of the adapters that read meaning for it. */
serveStore(workerData as MessagePort, meaningOf(upstreams))
