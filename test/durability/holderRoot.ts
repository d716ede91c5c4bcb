import { writeSync } from 'node:fs'
import { openForWriting } from '../../electron/store/database.ts'
import { openStore } from '../../electron/store/open.ts'
import { Failure } from '../../shared/api/failure.ts'

/**
 * Root of a process that wants to write to a data folder: `holderRoot.ts <data folder> [lawless]`. Writes `waiting` when
 * another one holds it, tries until it gets it, and then writes `holding`. With `lawless` it takes no lock: the break to
 * be noticed.
 */
const [dataDir = '', how = ''] = process.argv.slice(2)

/** Between two attempts, milliseconds. */
const AGAIN_MS = 50

let hasWaited = false
for (;;) {
  try {
    if (how === 'lawless') openForWriting(dataDir, 0)
    else await openStore({ dataDir, workerUrl: new URL('deadlyWorker.ts', import.meta.url), mode: 'write' })
    break
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'held') throw error
    if (!hasWaited) writeSync(1, `waiting for ${String(error.facts['pid'])}\n`)
    hasWaited = true
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}
writeSync(1, 'holding\n')
setInterval(() => undefined, 60_000)
