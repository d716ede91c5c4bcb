import { Failure } from '../../shared/api/failure.ts'
import type { Profile } from '../../shared/api/profile.ts'
import type { Gap } from '../../shared/api/presence.ts'
import type { Store } from '../store/store.ts'
import { upstreamOf } from '../upstreams/index.ts'
import { Connection, type Closing, type ConnectionOptions } from './connection.ts'
import { shortened } from './shortened.ts'

/** What all connections of a run share. */
export type ConnectionsOptions = Omit<ConnectionOptions, 'profile' | 'upstream' | 'store'> & { store: Store }

/** The connections of the profile in use. Opening and closing take turns, so that none overtakes another. */
export class Connections {
  readonly #options: ConnectionsOptions
  #all: Connection[] = []
  #turn: Promise<void> = Promise.resolve()

  constructor(options: ConnectionsOptions) {
    this.#options = options
  }

  /** All of them, in the profile's order. */
  all(): readonly Connection[] {
    return this.#all
  }

  /** One of them; fails with `not-found` and the names there are. */
  named(id: string): Connection {
    const found = this.#all.find((connection) => connection.id === id)
    if (found !== undefined) return found
    throw new Failure('not-found', `The profile in use has no connection “${shortened(id)}”.`, {
      tip: `It has: ${this.#all.map((connection) => connection.id).join(', ') || 'none'}.`,
    })
  }

  /** Takes up a profile in place of the one before: what the journal knows of each connection, then its link. */
  use(profile: Profile): Promise<void> {
    return this.#inTurn(async () => {
      await this.#closeAll({ reason: 'Another profile is in use.', tip: '', isGap: false })
      const records = await this.#options.store.connections(this.#options.clock.nowMs())
      this.#all = profile.connections.map((entry) => {
        const record = records.find(({ connection }) => connection === entry.id)
        return new Connection(
          { ...this.#options, profile: entry, upstream: upstreamOf(entry.system) },
          {
            lastReceivedAtMs: record?.lastReceivedAtMs ?? null,
            openGapSinceMs: openGapOf(record?.gaps ?? [])?.fromMs ?? null,
          },
        )
      })
      await this.#openAll()
    })
  }

  /** Opens the links that are closed. */
  open(): Promise<void> {
    return this.#inTurn(() => this.#openAll())
  }

  /** Ends all links, says why, and opens them again. */
  reopen(why: Closing): Promise<void> {
    return this.#inTurn(async () => {
      await this.#closeAll(why)
      await this.#openAll()
    })
  }

  /** Ends all links and says why. */
  close(why: Closing): Promise<void> {
    return this.#inTurn(() => this.#closeAll(why))
  }

  async #closeAll(why: Closing): Promise<void> {
    await Promise.all(this.#all.map((connection) => connection.close(why)))
  }

  async #openAll(): Promise<void> {
    await Promise.all(this.#all.map((connection) => connection.open()))
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }
}

function openGapOf(gaps: readonly Gap[]): Gap | undefined {
  return gaps.find(({ untilMs }) => untilMs === null)
}
