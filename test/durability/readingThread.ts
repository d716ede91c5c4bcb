import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

/** Readers of a database in a thread of their own: told a number, another one reads, says so, and goes after so many milliseconds. */
parentPort?.on('message', (holdMs: number) => {
  const db = new Database(workerData as string, { readonly: true })
  db.exec('BEGIN')
  db.prepare('SELECT count(*) FROM raw_events').get()
  parentPort?.postMessage('reading')
  setTimeout(() => {
    db.close()
  }, holdMs)
})
