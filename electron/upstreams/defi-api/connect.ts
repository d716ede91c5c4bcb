import { isAborted } from '../kit/aborted.ts'
import type { Trouble } from '../kit/keepConnected.ts'
import { offeredCredential, type OfferedCredential } from '../kit/offeredCredential.ts'
import { PolledConnection } from '../kit/polledConnection.ts'
import type { Link, Site, TrackedIntent } from '../upstream.ts'
import { hasList } from './api.ts'
import type { DefiSettings } from './index.ts'
import { nextAfterRefusalMs, nextReadingAtMs } from './pace.ts'
import { Reader, type Found } from './reader.ts'
import { canShowCredential, send, type Sender } from './send.ts'
import { privateKeyOf } from './signing.ts'
import { followSwaps } from './swaps.ts'

/** Readings at once: a browser opens as many connections to one host. */
const READINGS_AT_ONCE = 5

/** Intents asked from the store at once. */
const PAGE = 200

/** Most intents whose last word is taken over from an earlier run; of more, an older word may count as news. */
const MOST_TAKEN_OVER = 10_000

/** How often tokens are read again, milliseconds: lists of popular tokens change a few times a week. */
const TOKENS_EVERY_MS = 60 * 60_000

/** Tokens asked for at once, and the most pages: names are a comfort, not worth more than this. */
const TOKENS_PAGE = 100
const MOST_TOKEN_PAGES = 20

/** Watches one DeFi API until the site's signal fires. */
export function connect(site: Site<DefiSettings>): Link {
  return new DefiConnection(site).begin()
}

class DefiConnection {
  readonly #site: Site<DefiSettings>
  readonly #credential: OfferedCredential
  readonly #reader: Reader
  readonly #sender: Sender
  readonly #link: PolledConnection
  /** Ids that the list told of and that are not over. */
  readonly #listed = new Set<string>()
  #isTakenOver = false

  constructor(site: Site<DefiSettings>) {
    const { url, restUrl, settings } = site.connection
    this.#site = site
    this.#credential = offeredCredential(site.credential)
    this.#link = new PolledConnection({
      site,
      url: restUrl ?? url,
      credential: this.#credential,
      credentialTip: `Set the ${credentialWords(settings)} of this connection again; it is tried once and not hammered.`,
      pingIntervalMs: settings.pingIntervalMs,
      staleAfterMs: settings.staleAfterMs,
      atOnce: READINGS_AT_ONCE,
      watch: settings.watch,
      open: (signal) => this.#open(signal),
      ping: (signal) => this.#reader.networks(signal),
      read: async (id, origin, signal) => {
        const found = await this.#reader.intent(id, origin, signal)
        this.#link.answered(id, found !== null)
        return this.#next(id, found)
      },
      nameOf: (intent) => intent.aliases.find(({ kind }) => kind === 'intentId')?.value ?? null,
      work: (signal) => this.#work(signal),
    })
    const inBackground: Sender['inBackground'] = (name, work) => {
      this.#link.inBackground(name, work)
    }
    this.#sender = { site, credential: this.#credential, inBackground }
    this.#reader = new Reader({
      site,
      credential: this.#credential,
      onPause: (untilMs) => {
        this.#link.paused(untilMs)
      },
      inBackground,
    })
  }

  begin(): Link {
    const link = this.#link.start()
    return {
      closed: link.closed,
      reconnectNow: () => {
        link.reconnectNow()
      },
      reread: (id) => link.reread(id),
      send: (request, signal) => send(this.#sender, request, signal),
      canShowCredential: (request) => canShowCredential(this.#sender, request),
      watch: (id) => {
        link.watch(id)
      },
      // What the list tells of is followed as long as it is open, whether or not somebody watches it too.
      unwatch: (id) => {
        if (!this.#listed.has(id)) link.unwatch(id)
      },
    }
  }

  async #open(signal: AbortSignal): Promise<Trouble | null> {
    const trouble = await this.#badCredential()
    if (trouble !== null) return trouble
    await this.#reader.networks(signal)
    await this.#takeOver(signal)
    return null
  }

  /** A key that cannot sign needs no server to be refused. */
  async #badCredential(): Promise<Trouble | null> {
    if (this.#site.connection.settings.generation !== 'signed') return null
    const pem = await this.#credential.read()
    if (pem === null) return null
    try {
      privateKeyOf(pem)
      return null
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      return {
        state: 'needs-credentials',
        reason,
        tip: 'Set the RSA private key of this connection, in PEM.',
      }
    }
  }

  /** What an earlier run heard last is what the first readings of this one are compared with. */
  async #takeOver(signal: AbortSignal): Promise<void> {
    if (this.#isTakenOver) return
    let after: string | null = null
    for (let count = 0; count < MOST_TAKEN_OVER && !isAborted(signal); count += PAGE) {
      const page: TrackedIntent[] = await this.#site.openIntents(after, PAGE)
      for (const { aliases, status, lastHeardAtMs } of page) {
        for (const { value } of aliases)
          this.#reader.memory.heardBefore(value.toLowerCase(), status, lastHeardAtMs)
      }
      after = page.at(-1)?.id ?? null
      if (page.length < PAGE || after === null) break
    }
    this.#isTakenOver = true
  }

  /** When an intent wants to be read next; one that is over and that nobody watches is let go. */
  #next(id: string, found: Found): number | null {
    if (found === null) return nextAfterRefusalMs(this.#site.clock.nowMs())
    const nextAtMs = this.#nextOf(found)
    if (nextAtMs === null && this.#listed.delete(id)) this.#link.unwatch(id)
    return nextAtMs
  }

  #nextOf(found: NonNullable<Found>): number | null {
    const { clock, random } = this.#site
    return nextReadingAtMs(found, { nowMs: clock.nowMs(), sinceMs: found.sinceMs, random })
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { clock, connection } = this.#site
    const work = [this.#followTokens(signal)]
    if (hasList(connection.settings.generation)) {
      const found = (listed: NonNullable<Found>): void => {
        const { id } = listed
        const nextAtMs = this.#nextOf(listed)
        if (nextAtMs === null || id === '' || this.#listed.has(id)) return
        this.#listed.add(id)
        this.#link.watch(id, nextAtMs)
      }
      work.push(followSwaps({ clock, reader: this.#reader, found, signal }))
    }
    await Promise.all(work)
  }

  /** Names of tokens, now and every hour. A reading that fails leaves names unknown, which the screens say. */
  async #followTokens(signal: AbortSignal): Promise<void> {
    while (!isAborted(signal)) {
      for (let page = 0; page < MOST_TOKEN_PAGES && !isAborted(signal); page += 1) {
        const asked = { limit: TOKENS_PAGE, offset: page * TOKENS_PAGE }
        const count = await this.#reader.tokens(asked, signal).catch(() => 0)
        if (count < TOKENS_PAGE) break
      }
      await this.#site.clock.sleep(TOKENS_EVERY_MS, signal)
    }
  }
}

function credentialWords({ generation }: DefiSettings): string {
  return generation === 'signed' ? 'RSA private key' : 'API key'
}
