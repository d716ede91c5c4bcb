import { appendFile, mkdir } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { median, tableOf, type Figure } from './figures.ts'
import { ingest } from './ingest.ts'
import { memory } from './memory.ts'
import { paint } from './paint.ts'
import { query } from './query.ts'
import { smooth } from './smooth.ts'
import { soak } from './soak.ts'
import { socketio } from './socketio.ts'
import { start } from './start.ts'

/** Every bench by the name that `npm run bench -- <name>` takes. */
const BENCHES: Record<string, () => Promise<Figure[]>> = {
  ingest,
  socketio,
  query,
  start,
  memory,
  paint,
  smooth,
  soak,
}

/** Earlier runs, one line each, so that a change can be compared. Not committed. */
const HISTORY = new URL('../../node_modules/.cache/bench/history.ndjson', import.meta.url)

const [asked] = process.argv.slice(2)
if (asked !== undefined && BENCHES[asked] === undefined) {
  process.stderr.write(`No bench is called ${asked}; there are ${Object.keys(BENCHES).join(', ')}.\n`)
  process.exit(2)
}

const load = loadavg().map((value) => value.toFixed(1))
process.stdout.write(
  `Node ${process.versions.node} on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, load ${load.join(' ')}; ` +
    'median (min to max)\n',
)
await mkdir(new URL('.', HISTORY), { recursive: true })
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked !== undefined && asked !== name) continue
  process.stdout.write(`\n${name}\n`)
  const figures = await bench()
  process.stdout.write(tableOf(figures))
  const medians = figures.map(({ what, against, ours, control }) => ({
    what,
    against,
    ours: median(ours),
    control: control.length === 0 ? null : median(control),
  }))
  await appendFile(HISTORY, `${JSON.stringify({ at: new Date().toISOString(), name, medians })}\n`)
}
