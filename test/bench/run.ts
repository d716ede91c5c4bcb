import { appendFile, mkdir } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { median, tableOf, type Figure } from './figures.ts'
import { ingest } from './ingest.ts'
import { memory } from './memory.ts'
import { mixed } from './mixed.ts'
import { paint } from './paint.ts'
import { query } from './query.ts'
import { smooth } from './smooth.ts'
import { soak } from './soak.ts'
import { socketio } from './socketio.ts'
import { IS_QUICK } from './sizes.ts'
import { start } from './start.ts'

/** Every bench by the name that `npm run bench -- <name>` takes. */
const BENCHES: Record<string, () => Promise<Figure[]>> = {
  ingest,
  mixed,
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

const asked = process.argv.slice(2).find((word) => !word.startsWith('--'))
if (asked !== undefined && BENCHES[asked] === undefined) {
  process.stderr.write(`No bench is called ${asked}; there are ${Object.keys(BENCHES).join(', ')}.\n`)
  process.exit(2)
}

const load = loadavg().map((value) => value.toFixed(1))
process.stdout.write(
  `Node ${process.versions.node} on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, load ${load.join(' ')}; ` +
    `median (min to max)${IS_QUICK ? '; smaller sizes, not to be quoted' : ''}\n`,
)
const startedMs = performance.now()
await mkdir(new URL('.', HISTORY), { recursive: true })
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked !== undefined && asked !== name) continue
  process.stdout.write(`\n${name}\n`)
  const figures = await bench().catch((reason: unknown) => {
    process.exitCode = 1
    process.stdout.write(`  failed: ${reason instanceof Error ? reason.message : String(reason)}\n`)
    return []
  })
  process.stdout.write(tableOf(figures))
  const medians = figures.map(({ what, against, ours, control }) => ({
    what,
    against,
    ours: median(ours),
    control: control.length === 0 ? null : median(control),
  }))
  await appendFile(
    HISTORY,
    `${JSON.stringify({ at: new Date().toISOString(), name, isQuick: IS_QUICK, load: loadavg()[0], medians })}\n`,
  )
}
const tookMin = ((performance.now() - startedMs) / 60_000).toFixed(1)
process.stdout.write(`\n${tookMin} min; kept in ${fileURLToPath(HISTORY)}\n`)
// What a bench that failed has left open must not keep this process.
process.exit()
