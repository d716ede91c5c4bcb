import { mkdirSync, writeSync } from 'node:fs'
import { openForWriting } from '../../electron/store/database.ts'
import { openLocalStore } from '../../electron/store/localStore.ts'
import { tinyEvent, tinyRegister } from '../../electron/store/testing/tinySystem.ts'
import { Writer } from '../../electron/store/writer.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'

/**
 * Root of a store in a process of its own whose system calls somebody watches: `ackRoot.ts <data folder> [normal]`.
 * Appends batches and writes `ack <seq>` after each. With `normal` commits are not synced: the break to be noticed.
 */
const [dataDir = '', how = ''] = process.argv.slice(2)

/** Commits to watch. */
const BATCHES = 20

mkdirSync(dataDir, { recursive: true })
const append = how === 'normal' ? careless() : honest()
for (let batch = 0; batch < BATCHES; batch += 1) {
  const { lastSeq } = append([tinyEvent({ ids: [`abc${batch}`], status: 'waiting', atMs: batch }, batch)])
  writeSync(1, `ack ${lastSeq}\n`)
}

function honest(): (batch: RawEvent[]) => { lastSeq: number } {
  const store = openLocalStore({ dataDir, mode: 'write' }, tinyRegister)
  return (batch) => store.append(batch)
}

function careless(): (batch: RawEvent[]) => { lastSeq: number } {
  const db = openForWriting(dataDir, 0)
  db.pragma('synchronous = NORMAL')
  const writer = new Writer(db, tinyRegister)
  return (batch) => writer.append(batch)
}
