import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import type { Store } from '../../electron/store/store.ts'
import { runningConsole } from '../flows/runningConsole.ts'
import { until } from '../until.ts'
import { goodNumberIn } from './malformedFrames.ts'

/** What a console was like after so many malformed frames. */
export interface Survival {
  goodCount: number
  /** Good frames that are not in the journal, by number. */
  missing: number[]
  /** Frames that could not be read, by the console's own count, and how many of them are kept. */
  quarantinedCount: number
  keptCount: number
  unhandled: string[]
  rssGrowthMb: number
  loopP99Ms: number
  /** Whether the console still hears its connection. */
  isLive: boolean
}

/** Events of one look at the journal. */
const PAGE = 1_000

const MIB = 2 ** 20

/**
 * Sends `count` malformed frames at a real console, good ones between them. Memory is measured from the frame `warmUp`
 * on: by then code is compiled, and the queue and the database's cache have reached the size that they keep.
 */
export async function survive(count: number, warmUp: number): Promise<Survival> {
  const dataDir = mkdtempSync(join(tmpdir(), 'malformed-'))
  const child = fork(fileURLToPath(new URL('malformedRoot.ts', import.meta.url)), [], { execArgv: [] })
  const unhandled: string[] = []
  const note = (reason: unknown): void => {
    unhandled.push(String(reason))
  }
  process.on('unhandledRejection', note)
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  let store: Store | null = null
  const entries = [
    { id: 'c', system: 'fusion', url, credential: 'none', settings: { transports: ['websocket'] } },
  ]
  const running = await runningConsole(dataDir, entries, (opened) => (store = opened))
  const delay = monitorEventLoopDelay({ resolution: 1 })

  async function send(frames: number): Promise<number> {
    child.send(frames)
    const [answer] = (await once(child, 'message')) as [{ goodCount?: number; failed?: string }]
    if (answer.goodCount === undefined) throw new Error(answer.failed)
    return answer.goodCount
  }

  try {
    await send(warmUp)
    const before = process.memoryUsage().rss
    delay.enable()
    const goodCount = await send(count - warmUp)
    await until('everything on disk', async () => (await running.client.status.next({})).behindBy === 0)
    const rssGrowthMb = (process.memoryUsage().rss - before) / MIB
    delay.disable()
    const missing = await missingGoods(store, goodCount)
    const [summary] = (await running.client.connections.next({})).connections
    const quarantined = await (store as Store | null)?.quarantine({
      connection: 'c',
      beforeSeq: null,
      limit: count,
    })
    return {
      goodCount,
      missing,
      quarantinedCount: summary?.quarantinedCount ?? 0,
      keptCount: new Set(quarantined?.map(({ seq }) => seq)).size,
      unhandled,
      rssGrowthMb,
      loopP99Ms: delay.percentile(99) / 1e6,
      isLive: summary?.presence.state === 'live',
    }
  } finally {
    process.off('unhandledRejection', note)
    await running.close()
    child.kill()
    rmSync(dataDir, { recursive: true })
  }
}

/** Good frames, of those sent so far, that the journal does not hold. */
async function missingGoods(store: Store | null, goodCount: number): Promise<number[]> {
  const held = new Set<number | null>()
  for (let after = 0; ;) {
    const page = (await store?.journal({ after, limit: PAGE })) ?? []
    for (const { payload } of page) held.add(goodNumberIn(payload))
    after = page.at(-1)?.seq ?? after
    if (page.length < PAGE) break
  }
  return Array.from({ length: goodCount }, (_, n) => n + 1).filter((n) => !held.has(n))
}
