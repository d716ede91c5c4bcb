import type { Precondition } from '../../../shared/api/action.ts'
import { Failure } from '../../../shared/api/failure.ts'
import type { Profile } from '../../../shared/api/profile.ts'
import { isSameThing } from '../../../shared/api/sameThing.ts'
import { comparableId } from '../../../shared/intent/ids.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { Store } from '../../store/store.ts'
import type { Command, CommandRequest } from '../../upstreams/command.ts'
import type { Clock } from '../../upstreams/kit/clock.ts'
import type { Connection } from '../connection.ts'
import type { Connections } from '../connections.ts'
import {
  connectionConditions,
  credentialConditions,
  readingCondition,
  showingCondition,
  type Reading,
} from './conditions.ts'
import { approvalMinutes } from './approvals.ts'
import { readByName } from '../readByName.ts'
import type { Order } from './drafts.ts'
import { earlierActions } from './earlier.ts'
import { commandNamed, connectionMeant, siteOf } from './register.ts'
import { isNewest, subjectIn, workedOut, type Worked } from './worked.ts'

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
    const { connection, command, intent: named } = await this.target(order)
    const known = named ?? (await this.#namedByInput(connection, command, order.input))
    const isReading = command.effect === 'changes' && known !== null
    const reading: Reading = isReading ? await this.#readAgain(connection, known) : { state: 'none' }
    const intent = isReading ? await this.#sources.store.intent(known.id) : known
    const { store, clock, profile } = this.#sources
    const worked = await workedOut({
      command,
      connection: siteOf(connection.profile),
      intent,
      reading,
      input: order.input,
      engineConditions: async (request) => [
        ...reachConditions(connection, this.#sources.profile()),
        ...(await shownCredential(connection, request)),
        ...(isReading ? [readingCondition(reading)] : []),
      ],
      earlier: (deed) => earlierActions(store, deed),
      ledger: (await store.actionsHead()).ledger,
      minutes: approvalMinutes(profile()),
      nowMs: clock.nowMs(),
    })
    return { connection, worked }
  }

  /** The action that holds the lock on a thing; null when none does. */
  async pending({ deed }: Worked): Promise<string | null> {
    const open = await this.#sources.store.openActions()
    return open.find((action) => isSameThing(action, deed))?.id ?? null
  }

  /** Whether the same was begun by somebody since it was worked out, over whatever became of it. */
  async isOvertaken(worked: Worked): Promise<boolean> {
    return !isNewest(worked, await earlierActions(this.#sources.store, worked.deed))
  }

  /** The intent that an input is about although the order does not name it, so that it meets the same conditions as if it did. */
  async #namedByInput(
    connection: Connection,
    command: Command,
    input: Record<string, unknown>,
  ): Promise<Intent | null> {
    if (command.effect === 'reads' || command.isIntentNeeded) return null
    const subject = subjectIn({ command, connection: siteOf(connection.profile), input })
    if (subject === null) return null
    const intent = await this.#sources.store.intent(`${connection.id}:${subject}`).catch(nullWhenUnknown)
    const isIt = intent?.aliases.some(({ value }) => comparableId(value) === comparableId(subject))
    return isIt === true ? intent : null
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
      const knownAs = await readByName(link, intent)
      await this.#sources.flushed()
      return { state: 'done', knownAs }
    } catch (reason) {
      const said = reason instanceof Error ? reason.message : String(reason)
      return { state: 'failed', why: connection.withoutCredential(said) }
    }
  }
}

function reachConditions(connection: Connection, profile: Profile): Precondition[] {
  // While another profile is taken up, the connections of the one before are still there.
  const isHeld = connection.link()?.send !== undefined && profile.connections.includes(connection.profile)
  return connectionConditions({ isHeld, presence: connection.presence() })
}

/** Whether a request could show who sends it, over a connection that lives. */
async function shownCredential(connection: Connection, request: CommandRequest): Promise<Precondition[]> {
  const link = connection.link()
  if (connection.upstream.credential === 'none' || link === null) return []
  const kept = credentialConditions(await connection.credentialNow())
  const isLive = connection.presence().state === 'live'
  if (!isLive || link.canShowCredential === undefined || kept.some(({ state }) => state === 'unmet'))
    return kept
  const { state, why = '' } = await link.canShowCredential(request)
  return [showingCondition({ state, why: connection.withoutCredential(why) })]
}

function nullWhenUnknown(reason: unknown): null {
  if (reason instanceof Failure && reason.code === 'not-found') return null
  throw reason
}
