import { createRouterClient, type RouterClient } from '@orpc/server'
import type { EngineRouter } from '../../electron/engine/handlers/router.ts'
import type { Store } from '../../electron/store/store.ts'
import { plainEngine } from '../plainEngine.ts'

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
  wrap?: (store: Store) => Store,
): Promise<RunningConsole> {
  const log: string[] = []
  const keep = (sentence: string, facts?: object): void => {
    log.push(`${sentence} ${JSON.stringify(facts ?? {})}`)
  }
  const profile = { name: 'flow', environment: 'sandbox', connections }
  const { engine, close } = await plainEngine({
    dataDir,
    profile: JSON.stringify(profile),
    wrap,
    options: {
      // `env:NAME` as everywhere; whoever needs a credential sets the variable.
      credential: ({ credential }) => Promise.resolve(process.env[credential.replace(/^env:/, '')] ?? null),
      logger: { error: keep, warn: keep, info: () => undefined, debug: () => undefined },
    },
  })
  return { client: createRouterClient(engine.router), router: engine.router, log, close }
}
