import { writeSync } from 'node:fs'
import type { Db } from '../database.ts'
import { WalKeeper } from '../walKeeper.ts'
import type { Writer } from '../writer.ts'

/** Between two words about a rebuild, milliseconds: a short one says nothing, a long one is not taken for a hung console. */
const SAY_EVERY_MS = 5_000

/** stderr, written to directly: this thread gives nobody else a turn before it is done. */
const STDERR = 2

/** Makes all conclusions anew with the log kept short, and says on stderr how far that has come when it takes long. */
export function rebuilt(db: Db, writer: Writer): { eventCount: number } {
  const wal = new WalKeeper(db)
  const total = db.prepare<[], number>('SELECT count(*) FROM raw_events').pluck().get() ?? 0
  let saidAtMs = performance.now()
  return writer.rebuild((eventCount) => {
    if (wal.isPressing()) wal.checkpoint()
    if (performance.now() - saidAtMs < SAY_EVERY_MS) return
    saidAtMs = performance.now()
    say(`Reading the journal again: ${eventCount} of ${total} events.`)
  })
}

function say(sentence: string): void {
  try {
    writeSync(STDERR, `${sentence}\n`)
  } catch {
    // Whoever closed it, or does not read it, misses this sentence only.
  }
}
