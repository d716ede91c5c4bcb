import { Failure } from '../../../shared/api/failure.ts'
import type { Profile } from '../../../shared/api/profile.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { mainIdOf } from '../../../shared/intent/mainId.ts'
import type { Store } from '../../store/store.ts'
import type { Command } from '../../upstreams/command.ts'
import type { Clock } from '../../upstreams/kit/clock.ts'
import type { Connection } from '../connection.ts'
import type { Connections } from '../connections.ts'
import { connectionConditions, readingCondition, type Reading } from './conditions.ts'
import type { Order } from './drafts.ts'
import { earlierActions } from './earlier.ts'
import { commandNamed, connectionMeant, siteOf } from './register.ts'
import { workedOut, type Worked } from './worked.ts'

/** What commands are worked out with. */
export interface WorkshopSources {
  store: Store
  connections: Connections
  clock: Clock
  profile: () => Profile
  /** Resolves when all that was heard is on disk; fails when the disk refuses. */
  flushed: () => Promise<void>
}

/** What an order is about. */
export interface Target {
  connection: Connection
  command: Command
  intent: Intent | null
}

/** Works commands out on what is known and, where it is asked, on what the system says at this very moment. */
export class Workshop {
  readonly #sources: WorkshopSources

  constructor(sources: WorkshopSources) {
    this.#sources = sources
  }

  /** What an order is about; an intent that was never heard of is read first, where a connection is named. */
  async target(order: Order): Promise<Target> {
    const intent = order.intent === undefined ? null : await this.#intent(order.intent, order.connection)
    const { connections, profile } = this.#sources
    const connection = connections.named(connectionMeant(order, intent, profile().connections))
    return { connection, intent, command: commandNamed(connection.upstream, order.command) }
  }

  /** Works an order out. A command that changes anything rests on a reading of this moment, one that reads does not. */
  async work(order: Order): Promise<{ connection: Connection; worked: Worked }> {
    const { connection, command, intent: known } = await this.target(order)
    const isReading = command.effect === 'changes' && known !== null
    const reading: Reading = isReading ? await this.#readAgain(connection, known) : { state: 'none' }
    const intent = isReading ? await this.#sources.store.intent(known.id) : known
    const engineConditions = connectionConditions({
      isHeld: connection.link()?.send !== undefined,
      presence: connection.presence(),
    })
    if (isReading) engineConditions.push(readingCondition(reading))
    const { store, clock } = this.#sources
    const worked = await workedOut({
      command,
      connection: siteOf(connection.profile),
      intent,
      input: order.input,
      engineConditions,
      earlier: (subject) =>
        earlierActions(store, { command: command.name, connection: connection.id, subject }),
      nowMs: clock.nowMs(),
    })
    return { connection, worked }
  }

  /** The action that holds the lock on a subject and kind; null when none does. */
  async pending({ command, subject, given }: Worked): Promise<string | null> {
    const open = await this.#sources.store.openActions()
    const holder = open.find(
      (action) =>
        action.connection === given.connection.id &&
        action.subject === subject &&
        action.kind === command.kind,
    )
    return holder?.id ?? null
  }

  async #intent(id: string, connection: string | undefined): Promise<Intent> {
    const { store, connections, flushed } = this.#sources
    const named = connection === undefined || id.startsWith(`${connection}:`) ? id : `${connection}:${id}`
    try {
      return await store.intent(named)
    } catch (reason) {
      const isUnknown = reason instanceof Failure && reason.code === 'not-found'
      const link = connection === undefined ? null : connections.named(connection).link()
      if (!isUnknown || link === null) throw reason
      await link.reread(id)
      await flushed()
      return store.intent(named)
    }
  }

  async #readAgain(connection: Connection, intent: Intent): Promise<Reading> {
    const link = connection.link()
    if (link === null || connection.presence().state !== 'live') return { state: 'none' }
    try {
      await link.reread(mainIdOf(intent))
      await this.#sources.flushed()
      return { state: 'done' }
    } catch (reason) {
      const said = reason instanceof Error ? reason.message : String(reason)
      return { state: 'failed', why: connection.withoutCredential(said) }
    }
  }
}
