import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '../../electron/store/store.ts'
import type { ConnectionSummary } from '../../shared/api/presence.ts'
import type { IntentDetail } from '../../shared/api/row.ts'
import { until } from '../until.ts'
import { runningConsole, type RunningConsole } from './runningConsole.ts'

/** A data folder, the console on it and the other ends that one test opened, and the way to close them all. */
export class FlowBench {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'flow-'))
  readonly #others: (() => Promise<void>)[] = []
  #running: RunningConsole | null = null

  /** Starts the console, in place of the one before; `wrap` may stand between it and its store. */
  async start(connections: object[], wrap?: (store: Store) => Store): Promise<RunningConsole> {
    await this.stop()
    this.#running = await runningConsole(this.dataDir, connections, wrap)
    return this.#running
  }

  /** Stops the console alone. */
  async stop(): Promise<void> {
    await this.#running?.close()
    this.#running = null
  }

  /** Keeps an other end until the console is closed, and answers it. */
  keep<End extends { close: () => Promise<void> }>(end: End): End {
    this.#others.push(end.close)
    return end
  }

  get client(): RunningConsole['client'] {
    if (this.#running === null) throw new Error('No console is running.')
    return this.#running.client
  }

  /** The one connection of the console. */
  async connection(): Promise<ConnectionSummary> {
    const [found] = (await this.client.connections.next({})).connections
    if (found === undefined) throw new Error('The connection is not listed.')
    return found
  }

  /** Waits until the connection lives. */
  live(): Promise<unknown> {
    return until('the connection', async () => (await this.connection()).presence.state === 'live')
  }

  /** Waits until the last gap was repaired, and answers the connection then. */
  repaired(): Promise<ConnectionSummary> {
    return until('the repair', async () => {
      const seen = await this.connection()
      return (seen.gaps[0]?.repairedAtMs ?? null) === null ? null : seen
    })
  }

  /** Waits until an intent is as it should be. */
  shown(id: string, what: string, holds: (intent: IntentDetail) => boolean): Promise<IntentDetail> {
    return until(`the intent to be ${what}`, async () => {
      const found = await this.client.intents.get({ id }).catch(() => null)
      return found !== null && holds(found.intent) ? found.intent : null
    })
  }

  async close(): Promise<void> {
    await this.stop()
    for (const close of this.#others.splice(0).reverse()) await close()
    rmSync(this.dataDir, { recursive: true })
  }
}
