import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Store } from '../../electron/store/store.ts'
import { runningConsole, type RunningConsole } from '../flows/runningConsole.ts'

/** What a console under load holds at one moment. */
export interface Look {
  atSec: number
  /** Events that the backend has sent, and that are on disk. */
  sentCount: number
  storedCount: number
  /** Events in memory that are not on disk yet. */
  behindBy: number
  rssMb: number
  heapMb: number
  fds: number
  timers: number
  listeners: number
  walMb: number
  gaps: number
}

/** How to soak. */
export interface SoakOptions {
  seconds: number
  lookEverySec: number
  perSecond: number
  dropEverySec: number
  /** May stand between the console and its store; the control leaks there. */
  wrap?: (store: Store) => Store
  onLook?: (look: Look) => void
}

const MIB = 2 ** 20

/** Runs a console under mixed load, with a page that reads it, and looks at it again and again. */
export async function soak(options: SoakOptions): Promise<Look[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'soak-'))
  const args = [String(options.perSecond), String(options.dropEverySec)]
  const child = fork(fileURLToPath(new URL('soakRoot.ts', import.meta.url)), args, { execArgv: [] })
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  let sentCount = 0
  child.on('message', (said: { sentCount?: number }) => {
    sentCount = said.sentCount ?? sentCount
  })
  const entries = [{ id: 'c', system: 'fusion', url, credential: 'none' }]
  const running = await runningConsole(dataDir, entries, options.wrap)
  const end = new AbortController()
  const page = lookOn(running, end.signal)
  const looks: Look[] = []
  const begunMs = performance.now()
  try {
    while (looks.length < options.seconds / options.lookEverySec) {
      await new Promise((resolve) => setTimeout(resolve, options.lookEverySec * 1_000))
      const look = {
        atSec: Math.round((performance.now() - begunMs) / 1_000),
        sentCount,
        ...(await held(running, dataDir)),
      }
      looks.push(look)
      options.onLook?.(look)
    }
  } finally {
    end.abort()
    await page
    await running.close()
    child.kill()
    rmSync(dataDir, { recursive: true })
  }
  return looks
}

/** What a page does all day: follows the grid, opens what is on top, glances at the connections. */
async function lookOn({ client }: RunningConsole, signal: AbortSignal): Promise<void> {
  let since = 0
  while (!signal.aborted) {
    const batch = await client.intents.next({ query: 'is:open', since, waitMs: 200 })
    since = batch.version
    const [first] = batch.rows
    if (first !== undefined) await client.intents.get({ id: first.id }).catch(() => null)
    await client.connections.next({})
    await client.status.next({})
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function held({ client }: RunningConsole, dataDir: string): Promise<Omit<Look, 'atSec' | 'sentCount'>> {
  const { rss, heapUsed } = process.memoryUsage()
  const [summary] = (await client.connections.next({})).connections
  const wal = readdirSync(dataDir).filter((name) => name.endsWith('-wal'))
  const { lastSeq, behindBy } = await client.status.next({})
  return {
    storedCount: lastSeq,
    behindBy,
    rssMb: rss / MIB,
    heapMb: heapUsed / MIB,
    fds: readdirSync('/proc/self/fd').length,
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    walMb: wal.reduce((sum, name) => sum + statSync(join(dataDir, name)).size, 0) / MIB,
    gaps: summary?.gaps.length ?? 0,
  }
}

/** Rise of a measure over the second half, per hour, by least squares. */
export function slopePerHour(looks: readonly Look[], measure: keyof Look): number {
  const half = looks.slice(Math.floor(looks.length / 2))
  const mean = (of: keyof Look): number => half.reduce((sum, look) => sum + look[of], 0) / half.length
  const [meanSec, meanValue] = [mean('atSec'), mean(measure)]
  let [over, under] = [0, 0]
  for (const look of half) {
    over += (look.atSec - meanSec) * (look[measure] - meanValue)
    under += (look.atSec - meanSec) ** 2
  }
  return under === 0 ? 0 : (over / under) * 3_600
}

/** What grows although nothing should: names of measures that were higher in the last third than ever before it. */
export function growing(looks: readonly Look[], slack: Partial<Record<keyof Look, number>>): string[] {
  const cut = Math.floor((looks.length * 2) / 3)
  const most = (part: readonly Look[], measure: keyof Look): number =>
    Math.max(...part.map((look) => look[measure]))
  return (Object.keys(slack) as (keyof Look)[]).filter(
    (measure) => most(looks.slice(cut), measure) > most(looks.slice(0, cut), measure) + (slack[measure] ?? 0),
  )
}
