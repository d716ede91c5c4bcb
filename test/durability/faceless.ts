import { createRouterClient, type RouterClient } from '@orpc/server'
import { startEngine } from '../../electron/engine/engine.ts'
import type { EngineRouter } from '../../electron/engine/handlers/router.ts'
import { readProfile } from '../../electron/engine/profile.ts'
import type { Store } from '../../electron/store/store.ts'
import { systemClock, type Clock } from '../../electron/upstreams/kit/clock.ts'

/** A console without a face on a store of the test's own. */
export interface Faceless {
  client: RouterClient<EngineRouter>
  close: () => Promise<void>
}

/** Starts an engine that watches one Fusion backend. The store is the caller's to close. */
export async function faceless(options: {
  store: Store
  dataDir: string
  url: string
  clock?: Clock
}): Promise<Faceless> {
  const { store, dataDir, url, clock = systemClock } = options
  const connections = [{ id: 'fusion', system: 'fusion', url, credential: 'none' }]
  const quiet = (): void => undefined
  const engine = await startEngine({
    store,
    profile: readProfile(
      JSON.stringify({ name: 'test', environment: 'sandbox', connections }),
      'the profile',
    ),
    isDemo: false,
    dataDir,
    host: 'browser',
    consoleVersion: '0.0.0',
    isReadOnly: false,
    areActionsAllowed: false,
    clock,
    random: () => 0,
    credential: () => Promise.resolve(null),
    logger: { error: quiet, warn: quiet, info: quiet, debug: quiet },
  })
  return { client: createRouterClient(engine.router), close: () => engine.close() }
}
