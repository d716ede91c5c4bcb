import { mkdtempSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RouterClient } from '@orpc/server'
import type { EngineRouter } from '../../electron/engine/handlers/router.ts'
import type { Store } from '../../electron/store/store.ts'
import type { ActionRecord, Rehearsal } from '../../shared/api/action.ts'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { REFUND_PATH, withTinyCommands, type Sending } from '../tinyRefund.ts'
import { until } from '../until.ts'
import { actingConsole, ID, type ActingConsole, type ConsoleSketch } from './actingConsole.ts'

/** How the other end treats a request for a refund. */
export type Answering = (response: ServerResponse, body: string) => void

/** A backend that counts what it is asked to do, and one console at a time that does it with a made-up command. */
export class ActionBench {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'actions-'))
  readonly fusion: BareFusion
  /** Bodies of the refunds that arrived, in order. */
  readonly refunds: string[] = []
  /** By default they are taken at once. */
  answering: Answering = (response) => void response.end('{"ok":true}')
  readonly #restore: () => void
  #console: ActingConsole | null = null

  private constructor(fusion: BareFusion, sending?: Sending) {
    this.fusion = fusion
    this.#restore = withTinyCommands(sending)
    fusion.answer = (request, response) => {
      if (request.url !== REFUND_PATH) return false
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        this.refunds.push(body)
        this.answering(response, body)
      })
      return true
    }
    this.say('matched')
  }

  static async open(sending?: Sending): Promise<ActionBench> {
    return new ActionBench(await bareFusion(), sending)
  }

  /** Lets the backend know the intent in a status, and answer so when it is asked. */
  say(status: string, more: object = {}): void {
    const said = {
      intentId: ID,
      status,
      amount: '1500000',
      updatedAt: new Date(1_760_000_000_000).toISOString(),
      ...more,
    }
    this.fusion.intents.set(ID, JSON.stringify(said))
  }

  /** The same, and tells whoever listens. */
  push(status: string, more: object = {}): void {
    this.say(status, more)
    this.fusion.say('intent:status_changed', JSON.parse(this.fusion.intents.get(ID) ?? '{}') as object)
  }

  /** Starts a console in place of the one before, and waits until it hears the backend and knows the intent. */
  async start(sketch: ConsoleSketch = {}): Promise<RouterClient<EngineRouter>> {
    await this.stop()
    this.#console = await actingConsole({ dataDir: this.dataDir, url: this.fusion.url, sketch })
    return this.client
  }

  /** A client of its own, as a second window has. */
  get client(): RouterClient<EngineRouter> {
    return this.#running.client()
  }

  get store(): Store {
    return this.#running.store
  }

  get #running(): ActingConsole {
    if (this.#console === null) throw new Error('No console is running.')
    return this.#console
  }

  /** Fills the refund in. */
  prepare(input: Record<string, unknown> = {}): Promise<Rehearsal> {
    return this.client.actions.prepare({ command: 'tinyRefund', intent: ID, input })
  }

  /** Gives a draft with everything that it asks for. */
  give(
    rehearsal: Rehearsal,
    more: { reason?: string; confirm?: string; amount?: string; acknowledge?: 'unknown' | string[] } = {},
  ) {
    const { draft, hash, confirmation } = rehearsal
    return this.client.actions.give({
      draft,
      hash,
      reason: 'The customer asked.',
      confirm: confirmation.tail,
      ...more,
    })
  }

  /** The newest action, once it stands as it should. */
  action(what: string, holds: (action: ActionRecord) => boolean): Promise<ActionRecord> {
    return until(`the action to be ${what}`, async () => {
      const { actions } = await this.client.actions.next({})
      return actions.find(holds) ?? null
    })
  }

  async stop(): Promise<void> {
    await this.#console?.close()
    this.#console = null
  }

  async close(): Promise<void> {
    await this.stop()
    this.#restore()
    await this.fusion.close()
    rmSync(this.dataDir, { recursive: true })
  }
}
