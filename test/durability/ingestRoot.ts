import { writeSync } from 'node:fs'
import { openStore } from '../../electron/store/open.ts'
import type { Store } from '../../electron/store/store.ts'
import { deathIn, dieNow, numberOf } from './offers.ts'
import { faceless } from './faceless.ts'

/**
 * Root of a console in a process of its own, made to be killed: `ingestRoot.ts <data folder> <url> [early]`. Writes
 * `ready` and the milliseconds once the store is open, and after that the number of every offer that the console has shown to a reader, a
 * line each. With `early` it shows what is not on disk yet: the break that the test must notice.
 */
const [dataDir = '', url = '', how = ''] = process.argv.slice(2)

/** Straight into the pipe: what is written survives the process. */
function say(line: string | number): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`)
      return
    } catch (error) {
      // The pipe is full: whoever reads it is busy.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}

function tell(payload: string): void {
  const n = numberOf(payload)
  if (n !== null) say(n)
}

const beganMs = performance.now()
const opened = await openStore({
  dataDir,
  workerUrl: new URL('deadlyWorker.ts', import.meta.url),
  mode: 'write',
})
say(`ready ${Math.round(performance.now() - beganMs)}`)
const { lastSeq } = await opened.head()
const append: Store['append'] = async (batch) => {
  if (how === 'early') for (const { kind, payload } of batch) if (kind === 'intent:new') tell(payload)
  const appended = await opened.append(batch)
  if (batch.some(({ payload }) => deathIn(payload) === 'after commit')) dieNow()
  return appended
}
const { client } = await faceless({ store: { ...opened, append }, dataDir, url })
for (let after = lastSeq; ;) {
  const { events } = await client.journal.next({ after, waitMs: 1_000 })
  for (const { kind, payload } of how === 'early' ? [] : events) if (kind === 'intent:new') tell(payload)
  after = events.at(-1)?.seq ?? after
}
