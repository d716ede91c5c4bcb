import { startEngine, type Engine, type EngineOptions } from '../electron/engine/engine.ts'
import { readProfile } from '../electron/engine/profile.ts'
import { openStore } from '../electron/store/open.ts'
import type { Store } from '../electron/store/store.ts'
import { systemClock } from '../electron/upstreams/kit/clock.ts'

const quiet = (): void => undefined

/** What an engine is told where its test is not about that. */
const ORDINARY = {
  isDemo: false,
  host: 'browser',
  consoleVersion: '0.0.0',
  isReadOnly: false,
  areActionsAllowed: true,
  clock: systemClock,
  random: () => 0,
  credential: () => Promise.resolve(null),
  logger: { error: quiet, warn: quiet, info: quiet, debug: quiet },
} satisfies Partial<EngineOptions>

/** An engine and the store that it was started on. */
export interface PlainEngine {
  engine: Engine
  store: Store
  /** Closes both. */
  close: () => Promise<void>
}

/** What a test says about its engine; everything else is ordinary. */
export interface EngineSketch {
  dataDir: string
  /** JSON text. */
  profile: string
  /** May put something between the engine and its store. */
  wrap?: ((store: Store) => Store) | undefined
  options?: Partial<EngineOptions> | undefined
}

/** Starts an engine on a data folder. */
export async function plainEngine({ dataDir, profile, wrap, options }: EngineSketch): Promise<PlainEngine> {
  const workerUrl = new URL('../electron/worker.ts', import.meta.url)
  const store = await openStore({ dataDir, workerUrl, mode: 'write' })
  const engine = await startEngine({
    ...ORDINARY,
    store: wrap?.(store) ?? store,
    profile: readProfile(profile, 'the profile'),
    dataDir,
    ...options,
  })
  return {
    engine,
    store,
    close: async () => {
      await engine.close()
      await store.close()
    },
  }
}
