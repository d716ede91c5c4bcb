import { appendFile, mkdir } from 'node:fs/promises'
import { cpus } from 'node:os'
import { lineOf, median, type Figure } from './figures.ts'
import { ingest } from './ingest.ts'
import { query } from './query.ts'

/** Every bench by the name that `npm run bench -- <name>` takes. */
const BENCHES: Record<string, () => Promise<Figure[]>> = { ingest, query }

/** Earlier runs, one line each, so that a change can be compared. Not committed. */
const HISTORY = new URL('../../node_modules/.cache/bench/history.ndjson', import.meta.url)

const [asked] = process.argv.slice(2)
if (asked !== undefined && BENCHES[asked] === undefined) {
  process.stderr.write(`No bench is called ${asked}; there are ${Object.keys(BENCHES).join(', ')}.\n`)
  process.exit(2)
}

process.stdout.write(
  `Node ${process.versions.node} on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}; median (min to max)\n`,
)
await mkdir(new URL('.', HISTORY), { recursive: true })
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked !== undefined && asked !== name) continue
  process.stdout.write(`\n${name}\n`)
  const figures = await bench()
  for (const figure of figures) process.stdout.write(`${lineOf(figure)}\n`)
  const medians = Object.fromEntries(
    figures.map((figure) => [figure.what, [median(figure.ours), median(figure.control)]]),
  )
  await appendFile(HISTORY, `${JSON.stringify({ at: new Date().toISOString(), name, medians })}\n`)
}
