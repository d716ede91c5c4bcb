import { startFusion } from './fusion/server.ts'
import { realClock, type SandboxClock } from './kit/clock.ts'
import type { Faults } from './kit/faults.ts'
import type { History } from './kit/history.ts'
import { startWorld, type World } from './world/world.ts'

/** Holds some minutes of the demo, or any burst of a test that says so, at about 1 KB an event. */
const HISTORY_LENGTH = 20_000

/** What a sandbox depends on. */
export interface SandboxOptions {
  /** The same seed tells the same story. */
  seed: number
  /** How many times faster than real time the story runs; above 0. */
  rate: number
  /** Ports on 127.0.0.1; any free one where none is given. */
  ports?: { fusion?: number }
  /** The machine's clock when absent. */
  clock?: SandboxClock
  /** Events and readings that each history keeps at least; 20,000 when absent. */
  historyLength?: number
  /** Closes the sandbox. */
  signal?: AbortSignal
}

/** One connection, as a profile writes it. */
interface SandboxConnection {
  id: string
  system: string
  url: string
  credential: string
  settings?: Record<string, unknown>
}

/** The other end of the systems, running: one story on each system's wire. */
export interface Sandbox {
  /** Ready to stand in a profile. */
  connections: SandboxConnection[]
  world: World
  /** How each system misbehaves. */
  faults: { fusion: Faults }
  /** What each system offered. */
  history: { fusion: History }
  /** Ends the story and closes every port and connection. */
  close: () => Promise<void>
}

/** Starts the story of a seed and every system that tells it, on 127.0.0.1 only. Fails when a port is in use. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { seed, rate, ports = {}, clock = realClock, historyLength = HISTORY_LENGTH, signal } = options
  if (!(rate > 0 && Number.isFinite(rate))) throw new RangeError(`the rate must be above 0, not ${rate}`)
  signal?.throwIfAborted()
  const world = startWorld({ seed, rate, clock })
  try {
    const fusion = await startFusion({ world, clock, seed, rate, port: ports.fusion ?? 0, historyLength })
    const close = closeOnce(async () => {
      world.close()
      await fusion.close()
    }, signal)
    return {
      connections: [{ id: 'demo-fusion', system: 'fusion', url: fusion.url, credential: 'none' }],
      world,
      faults: { fusion: fusion.faults },
      history: { fusion: fusion.history },
      close,
    }
  } catch (error) {
    world.close()
    throw error
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
