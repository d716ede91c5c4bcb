import { workerData, type MessagePort } from 'node:worker_threads'
import { serveStore } from '../serve.ts'
import { tinyRegister } from './tinySystem.ts'

/** The database thread with the tiny system in place of the adapters. An event of kind `die` ends the thread at once. */
serveStore(workerData as MessagePort, {
  ...tinyRegister,
  normalise: (event) => (event.kind === 'die' ? process.exit(1) : tinyRegister.normalise(event)),
})
