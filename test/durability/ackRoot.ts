import { mkdirSync, writeSync } from 'node:fs'
import { openForWriting } from '../../electron/store/database.ts'
import { openLocalStore } from '../../electron/store/localStore.ts'
import { sendingOf } from '../../electron/store/testing/steps.ts'
import { tinyEvent, tinyRegister } from '../../electron/store/testing/tinySystem.ts'
import { Writer } from '../../electron/store/writer.ts'

/**
 * Root of a store in a process of its own whose system calls somebody watches: `ackRoot.ts <data folder> <how> <what>`.
 * Appends batches of events, or records steps of actions, and writes `ack <seq>` after each. With `normal` commits are not
 * synced: the break to be noticed.
 */
const [dataDir = '', how = 'honest', what = 'events'] = process.argv.slice(2)

/** Commits to watch. */
const BATCHES = 20

mkdirSync(dataDir, { recursive: true })
const writer = how === 'normal' ? careless() : openLocalStore({ dataDir, mode: 'write' }, tinyRegister)
for (let n = 0; n < BATCHES; n += 1) {
  if (what === 'steps') writer.recordStep(sendingOf(`action-${n}`, `0x${n}`))
  else writer.append([tinyEvent({ ids: [`abc${n}`], status: 'waiting', atMs: n }, n)])
  writeSync(1, `ack ${n + 1}\n`)
}

function careless(): Writer {
  const db = openForWriting(dataDir, 0)
  db.pragma('synchronous = NORMAL')
  return new Writer(db, tinyRegister)
}
