import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLocalStore, type LocalStore } from '../../electron/store/localStore.ts'
import { upstreamOf } from '../../electron/upstreams/index.ts'
import { settledEvents } from './events.ts'

/** As the pipeline makes batches under load. */
const BATCH = 2_000

/** What the store reads meaning with: Fusion alone, as in every bench. */
const REGISTER = {
  normalise: upstreamOf('fusion').normalise,
  vocabularyOf: () => upstreamOf('fusion').vocabulary,
}

/** The store of a data folder, in this thread. */
export function openHere(dataDir: string, mode: 'read' | 'write'): LocalStore {
  return openLocalStore({ dataDir, mode }, REGISTER)
}

/** Intents by their numbers, and what is said of them. */
interface Population {
  from: number
  until: number
  eventsOf: typeof settledEvents
}

/** Adds a population to a data folder, text index and all. */
export function fillStore(dataDir: string, { from, until, eventsOf }: Population): void {
  const store = openHere(dataDir, 'write')
  for (let next = from; next < until; next += BATCH) {
    store.append(eventsOf(next, Math.min(until, next + BATCH)))
    // Else the log grows to several times the store, and everything slows down with it.
    store.idle()
  }
  while (store.idle()) continue
  store.close()
}

let large: { dataDir: string; count: number } | null = null

/** A data folder with at least `count` intents; one for the whole run, grown as more is asked for, gone at its end. */
export function largeStore(count: number): string {
  if (large === null) {
    const dataDir = mkdtempSync(join(tmpdir(), 'bench-large-'))
    process.once('exit', () => {
      rmSync(dataDir, { recursive: true, force: true })
    })
    large = { dataDir, count: 0 }
  }
  if (large.count < count) {
    fillStore(large.dataDir, { from: large.count, until: count, eventsOf: settledEvents })
    large.count = count
  }
  return large.dataDir
}
