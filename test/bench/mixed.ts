import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { startSandbox } from '../../electron/sandbox/index.ts'
import { openStore } from '../../electron/store/open.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import { runningConsole } from '../flows/runningConsole.ts'
import { timed, type Figure } from './figures.ts'
import { sized } from './sizes.ts'

/** Enough for a second of work and more. */
const EVENTS = sized(20_000, 5_000)

/** How many times faster than real time the story is told while it is taken down. */
const RATE = 100

/** Longest that the story is listened to, milliseconds: what it has told by then is the flood. */
const LISTEN_MS = 60_000

/** Between two looks at how much has been told, milliseconds. */
const LOOK_MS = 100

/** As the pipeline makes batches under load. */
const BATCH = 2_000
const RUNS = 5

/** What all five systems say at once, from raw event to disk; the control is the same without SQLite. */
export async function mixed(): Promise<Figure[]> {
  const flood = await takeDown()
  const ours: number[] = []
  const control: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    ours.push((flood.length * 1_000) / (await storeMs(flood)))
    control.push((flood.length * 1_000) / (await memoryMs(flood)))
  }
  const what = `durable, ${sharesOf(flood)}`
  const goal = { ratio: 0.6, is: 'at least' } as const
  return [{ what, unit: 'events/s', ours, control, against: 'the same without SQLite', goal }]
}

/** Listens to the sandbox's five systems as a console does, and keeps every event that reaches its store. */
async function takeDown(): Promise<RawEvent[]> {
  const flood: RawEvent[] = []
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-mixed-'))
  const sandbox = await startSandbox({ seed: 7, rate: RATE })
  Object.assign(process.env, sandbox.credentials)
  const running = await runningConsole(dataDir, sandbox.connections, (store) => ({
    ...store,
    append: (batch) => {
      flood.push(...batch.filter(({ origin }) => origin !== 'console'))
      return store.append(batch)
    },
  }))
  const endMs = performance.now() + LISTEN_MS
  while (flood.length < EVENTS && performance.now() < endMs) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  await running.close()
  await sandbox.close()
  rmSync(dataDir, { recursive: true })
  return flood.slice(0, EVENTS)
}

async function storeMs(flood: readonly RawEvent[]): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-mixed-'))
  const workerUrl = new URL('../../electron/worker.ts', import.meta.url)
  const store = await openStore({ dataDir, workerUrl, mode: 'write' })
  const tookMs = await timed(async () => {
    for (const batch of batchesOf(flood)) await store.append(batch)
  })
  await store.close()
  rmSync(dataDir, { recursive: true })
  return tookMs
}

async function memoryMs(flood: readonly RawEvent[]): Promise<number> {
  const worker = new Worker(new URL('./memoryWorker.ts', import.meta.url))
  await once(worker, 'online')
  const tookMs = await timed(async () => {
    for (const batch of batchesOf(flood)) {
      const answered = once(worker, 'message')
      worker.postMessage(batch)
      await answered
    }
  })
  await worker.terminate()
  return tookMs
}

function* batchesOf(flood: readonly RawEvent[]): Generator<RawEvent[]> {
  for (let from = 0; from < flood.length; from += BATCH) yield flood.slice(from, from + BATCH)
}

/** How many events of which system: `12,000 fusion, …`. */
function sharesOf(flood: readonly RawEvent[]): string {
  const counts = new Map<string, number>()
  for (const { system } of flood) counts.set(system, (counts.get(system) ?? 0) + 1)
  return [...counts].map(([system, count]) => `${count.toLocaleString('en')} ${system}`).join(', ')
}
