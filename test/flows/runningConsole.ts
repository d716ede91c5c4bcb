import { createRouterClient, type RouterClient } from '@orpc/server'
import { startEngine } from '../../electron/engine/engine.ts'
import type { EngineRouter } from '../../electron/engine/handlers/router.ts'
import { readProfile } from '../../electron/engine/profile.ts'
import { openStore } from '../../electron/store/open.ts'
import type { Store } from '../../electron/store/store.ts'
import { systemClock } from '../../electron/upstreams/kit/clock.ts'

/** A console without a face, asked as a page asks it. */
export interface RunningConsole {
  client: RouterClient<EngineRouter>
  /** What a carrier carries. */
  router: EngineRouter
  /** Sentences of its log from `warn` up. */
  log: string[]
  close: () => Promise<void>
}

/** Starts a console on a data folder, connected as the entries say; `wrap` may stand between it and its store. */
export async function runningConsole(
  dataDir: string,
  connections: object[],
  wrap: (store: Store) => Store = (store) => store,
): Promise<RunningConsole> {
  const log: string[] = []
  const keep = (sentence: string, facts?: object): void => {
    log.push(`${sentence} ${JSON.stringify(facts ?? {})}`)
  }
  const profile = { name: 'flow', environment: 'sandbox', connections }
  const store = await openStore({
    dataDir,
    workerUrl: new URL('../../electron/worker.ts', import.meta.url),
    mode: 'write',
  })
  const engine = await startEngine({
    store: wrap(store),
    profile: readProfile(JSON.stringify(profile), 'the flow’s profile'),
    isDemo: false,
    dataDir,
    host: 'browser',
    consoleVersion: '0.0.0',
    isReadOnly: false,
    areActionsAllowed: true,
    clock: systemClock,
    random: () => 0,
    // `env:NAME` as everywhere; whoever needs a credential sets the variable.
    credential: ({ credential }) => Promise.resolve(process.env[credential.replace(/^env:/, '')] ?? null),
    logger: { error: keep, warn: keep, info: () => undefined, debug: () => undefined },
  })
  return {
    client: createRouterClient(engine.router),
    router: engine.router,
    log,
    close: async () => {
      await engine.close()
      await store.close()
    },
  }
}
