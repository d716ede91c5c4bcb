import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openStore } from '../../electron/store/open.ts'
import { upstreamOf } from '../../electron/upstreams/index.ts'
import { applyFact, beginIntent } from '../../shared/intent/fold.ts'
import { intentIdOf } from '../../shared/intent/ids.ts'
import type { Intent } from '../../shared/intent/intent.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import { fusionEvents } from './events.ts'
import { timed, type Figure } from './figures.ts'

/** Enough for seconds of work, so that starting up does not count. */
const EVENTS = 30_000
const INTENTS = 10_000
/** As large as the pipeline makes a batch under load. */
const BATCH = 500
const RUNS = 5

/** Raw event → journal, facts, folded intent, projections, on disk; against reading and folding alone. */
export async function ingest(): Promise<Figure[]> {
  const events = fusionEvents(EVENTS, INTENTS)
  const ours: number[] = []
  const control: number[] = []
  const stalls: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const { perSecond, stallMs } = await durable(events)
    ours.push(perSecond)
    stalls.push(stallMs)
    const controlMs = await timed(() => {
      inMemory(events)
    })
    control.push(EVENTS / (controlMs / 1_000))
  }
  return [
    { what: 'durable ingest', unit: 'events/s', ours, control, against: 'read and fold without SQLite' },
    { what: 'longest stall of the main loop', unit: 'ms', ours: stalls, control: [], against: 'nothing' },
  ]
}

async function durable(events: RawEvent[]): Promise<{ perSecond: number; stallMs: number }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-ingest-'))
  const workerUrl = new URL('../../electron/worker.ts', import.meta.url)
  const store = await openStore({ dataDir, workerUrl, mode: 'write' })
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const tookMs = await timed(async () => {
    for (let from = 0; from < events.length; from += BATCH) {
      await store.append(events.slice(from, from + BATCH))
    }
  })
  delay.disable()
  await store.close()
  await rm(dataDir, { recursive: true })
  return { perSecond: events.length / (tookMs / 1_000), stallMs: delay.max / 1e6 }
}

function inMemory(events: readonly RawEvent[]): void {
  const upstream = upstreamOf('fusion')
  const intents = new Map<string, Intent>()
  for (const event of events) {
    for (const fact of upstream.normalise(event)) {
      if (fact.about !== 'intent' || fact.aliases[0] === undefined) continue
      const { connection, origin, receivedAtMs } = event
      const id = intentIdOf(connection, fact.aliases[0])
      const heard = { fact, origin, receivedAtMs }
      const known = intents.get(id)
      const next =
        known === undefined
          ? beginIntent({ id, system: 'fusion', connection }, heard)
          : applyFact(known, heard)
      intents.set(id, next)
    }
  }
}
