import { startDefiApi } from './defi-api/server.ts'
import { startFlashnet } from './flashnet/server.ts'
import { startFusion } from './fusion/server.ts'
import type { Absence } from './kit/absence.ts'
import { realClock, type SandboxClock } from './kit/clock.ts'
import type { Faults } from './kit/faults.ts'
import type { History } from './kit/history.ts'
import { lateClock } from './kit/lateClock.ts'
import { startOneinchFusionPlus } from './oneinch-fusion-plus/server.ts'
import type { SandboxConnection, SandboxSystem, SystemOptions } from './system.ts'
import { startOneinchFusion } from './oneinch-fusion/server.ts'
import { startWorld, type World } from './world/world.ts'

/** Every system that the sandbox speaks for, one line each; the first is the one that `--port` is about. */
const SYSTEMS = {
  fusion: startFusion,
  'oneinch-fusion': startOneinchFusion,
  'oneinch-fusion-plus': startOneinchFusionPlus,
  flashnet: startFlashnet,
  'defi-api': startDefiApi,
} satisfies Record<string, (options: SystemOptions) => Promise<SandboxSystem>>

/** A system of the sandbox. */
export type SandboxSystemName = keyof typeof SYSTEMS

/** The systems' names in the order in which they are started. */
export const SANDBOX_SYSTEMS = Object.keys(SYSTEMS) as SandboxSystemName[]

/** Holds some minutes of the demo, or any burst of a test that says so, at about 1 KB an event. */
const HISTORY_LENGTH = 20_000

/** What a sandbox depends on. */
export interface SandboxOptions {
  /** The same seed tells the same story. */
  seed: number
  /** How many times faster than real time the story runs; above 0. */
  rate: number
  /** When the story began, epoch milliseconds, where it is told on; what happened since is told to nobody. Now when absent. */
  startedAtMs?: number
  /** When nobody listened to it; of what began then only the end is told. */
  absence?: Absence
  /** The systems to start; all when absent. */
  systems?: readonly SandboxSystemName[]
  /** Ports on 127.0.0.1; any free one where none is given. */
  ports?: Partial<Record<SandboxSystemName, number>>
  /** The machine's clock when absent. */
  clock?: SandboxClock
  /** Events and readings that each history keeps at least; 20,000 when absent. */
  historyLength?: number
  /** Closes the sandbox. */
  signal?: AbortSignal
}

/** The other end of the systems, running: one story on each system's wire. */
export interface Sandbox {
  /** Ready to stand in a profile. */
  connections: SandboxConnection[]
  /** Invented credentials that the systems ask for, by the name after `env:` in `connections`. */
  credentials: Record<string, string>
  world: World
  /** How each system misbehaves; absent for one that was not started. */
  faults: Record<SandboxSystemName, Faults>
  /** What each system offered. */
  history: Record<SandboxSystemName, History>
  /** Ends the story and closes every port and connection. */
  close: () => Promise<void>
}

/** Starts the story of a seed and every system that tells it, on 127.0.0.1 only. Fails when a port is in use. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { seed, rate, absence, ports = {}, historyLength = HISTORY_LENGTH, signal } = options
  if (!(rate > 0 && Number.isFinite(rate))) throw new RangeError(`the rate must be above 0, not ${rate}`)
  signal?.throwIfAborted()
  const outside = options.clock ?? realClock
  const { startedAtMs = outside.nowMs() } = options
  if (startedAtMs > outside.nowMs()) throw new RangeError('a story cannot go on before it has begun')
  const clock = lateClock(outside, startedAtMs)
  const world = startWorld({ seed, rate, clock, absence })
  const running = new Map<SandboxSystemName, SandboxSystem>()
  const end = async (): Promise<void> => {
    world.close()
    await Promise.all([...running.values()].map((system) => system.close()))
  }
  try {
    for (const name of options.systems ?? SANDBOX_SYSTEMS) {
      const port = ports[name] ?? 0
      running.set(name, await SYSTEMS[name]({ world, clock, seed, rate, absence, port, historyLength }))
    }
    clock.catchUp()
  } catch (error) {
    await end()
    throw error
  }
  const systems = [...running.values()]
  const each = <T>(take: (system: SandboxSystem) => T): Record<SandboxSystemName, T> =>
    Object.fromEntries([...running].map(([name, system]) => [name, take(system)])) as Record<
      SandboxSystemName,
      T
    >
  return {
    connections: systems.flatMap(({ connections }) => connections),
    credentials: Object.assign({}, ...systems.map(({ credentials }) => credentials)) as Record<
      string,
      string
    >,
    world,
    faults: each(({ faults }) => faults),
    history: each(({ history }) => history),
    close: closeOnce(end, signal),
  }
}

/** Closes at the first call or when the signal fires; every call waits for the same end. */
function closeOnce(close: () => Promise<void>, signal: AbortSignal | undefined): () => Promise<void> {
  let closing: Promise<void> | null = null
  const once = (): Promise<void> => {
    signal?.removeEventListener('abort', onAbort)
    return (closing ??= close())
  }
  const onAbort = (): void => void once()
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted) onAbort()
  return once
}
