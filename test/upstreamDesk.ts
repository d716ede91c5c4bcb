import { connectionId } from '../shared/intent/ids.ts'
import type { Presence } from '../shared/api/presence.ts'
import type { RawEvent } from '../shared/log/rawEvent.ts'
import { systemClock, type Clock } from '../electron/upstreams/kit/clock.ts'
import type { GapToRepair, Link, Site, TrackedIntent, Upstream } from '../electron/upstreams/upstream.ts'

/** How one connection is made. */
export interface DeskOptions {
  url: string
  restUrl?: string | null
  settings?: object
  clock?: Clock
  random?: () => number
}

/** The engine's side of a connection, remembering everything. */
export class Desk {
  readonly events: RawEvent[] = []
  readonly presences: Presence[] = []
  readonly lost: { atMs: number; reason: string }[] = []
  readonly resumed: { atMs: number; isRecovered: boolean }[] = []
  readonly repaired: { readCount: number; failedCount: number }[] = []
  readonly stop = new AbortController()
  /** Takes each event; a promise says that there is no room now. */
  emit: Site['emit'] = () => undefined
  open: TrackedIntent[] = []
  watched: string[] = []
  credential: string | null = null
  link: Link | null = null

  async connect(upstream: Upstream, options: DeskOptions): Promise<Link> {
    const site: Site = {
      connection: {
        id: connectionId('test'),
        system: upstream.system,
        url: options.url,
        restUrl: options.restUrl ?? null,
        settings: upstream.settings.parse(options.settings ?? {}),
      },
      clock: options.clock ?? systemClock,
      random: options.random ?? (() => 0),
      credential: () => Promise.resolve(this.credential),
      signal: this.stop.signal,
      emit: (event) => {
        this.events.push(event)
        return this.emit(event)
      },
      presence: (presence) => this.presences.push(presence),
      lost: (atMs, reason) => this.lost.push({ atMs, reason }),
      resumed: (atMs, isRecovered) => this.#gap(atMs, isRecovered),
      openIntents: (after) => Promise.resolve(after === null ? this.open : []),
      watched: () => this.watched,
    }
    const { connect } = await upstream.load()
    this.link = connect(site)
    return this.link
  }

  ofKind(kind: string): RawEvent[] {
    return this.events.filter((event) => event.kind === kind)
  }

  state(): string | undefined {
    return this.presences.at(-1)?.state
  }

  /** Ends the connection and waits until it is closed. */
  async close(): Promise<void> {
    this.stop.abort()
    await this.link?.closed
  }

  #gap(untilMs: number, isRecovered: boolean): GapToRepair | null {
    this.resumed.push({ atMs: untilMs, isRecovered })
    const last = this.lost.at(-1)
    if (last === undefined || isRecovered) return null
    return { fromMs: last.atMs, untilMs, repaired: (outcome) => this.repaired.push(outcome) }
  }
}
