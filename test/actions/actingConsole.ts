import { createRouterClient, type RouterClient } from '@orpc/server'
import type { EngineOptions } from '../../electron/engine/engine.ts'
import type { EngineRouter } from '../../electron/engine/handlers/router.ts'
import type { Store } from '../../electron/store/store.ts'
import { plainEngine } from '../plainEngine.ts'
import { until } from '../until.ts'

/** The intent that everything is about. */
export const ID = `0x${'a1'.repeat(31)}beef42`

/** What a test says about its console; everything else is ordinary. */
export interface ConsoleSketch {
  environment?: 'production' | 'staging' | 'sandbox'
  readOnly?: boolean
  approvals?: object
  options?: Partial<EngineOptions>
  wrap?: (store: Store) => Store
}

/** A console without a face that acts. */
export interface ActingConsole {
  store: Store
  /** A client of its own each time, as every window has. */
  client: () => RouterClient<EngineRouter>
  close: () => Promise<void>
}

/** Starts a console that watches one intent of one backend, and waits until it hears the backend and knows the intent. */
export async function actingConsole(about: {
  dataDir: string
  url: string
  sketch: ConsoleSketch
}): Promise<ActingConsole> {
  const { dataDir, url, sketch } = about
  const { options, wrap } = sketch
  const { engine, store, close } = await plainEngine({
    dataDir,
    profile: profileText(url, sketch),
    wrap,
    options,
  })
  const client = () => createRouterClient(engine.router)
  await until('the connection', async () => {
    const [connection] = (await client().connections.next({})).connections
    return connection?.presence.state === 'live'
  })
  await until('the intent', () =>
    client()
      .intents.get({ id: ID })
      .catch(() => null),
  )
  return { store, client, close }
}

/** The profile of a console that watches the backend at a URL. */
export function profileText(
  url: string,
  { environment = 'sandbox', readOnly, approvals }: ConsoleSketch,
): string {
  const settings = { watch: [ID] }
  return JSON.stringify({
    name: 'acting',
    environment,
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(approvals === undefined ? {} : { approvals }),
    connections: [{ id: 'fusion-test', system: 'fusion', url, credential: 'none', settings }],
  })
}
