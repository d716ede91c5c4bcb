import { openStore } from '../../electron/store/open.ts'

/** Root of a process that opens a store for writing and says what came of it: `openRoot.ts <data folder>`. */
const [dataDir = ''] = process.argv.slice(2)
const workerUrl = new URL('deadlyWorker.ts', import.meta.url)
try {
  await (await openStore({ dataDir, workerUrl, mode: 'write' })).close()
  process.stdout.write('"opened"\n')
} catch (error) {
  process.stdout.write(`${JSON.stringify(error)}\n`)
}
