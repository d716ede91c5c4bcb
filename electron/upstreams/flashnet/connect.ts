import { toEpochMs } from '../../../shared/intent/time.ts'
import type { Origin } from '../../../shared/intent/fact.ts'
import type { Trouble } from '../kit/keepConnected.ts'
import { isAborted } from '../kit/aborted.ts'
import type { CommandRequest, Sent, Verdict } from '../command.ts'
import { offeredCredential } from '../kit/offeredCredential.ts'
import { PolledConnection } from '../kit/polledConnection.ts'
import type { JsonObject } from '../kit/shape.ts'
import type { Link, Site, TrackedIntent } from '../upstream.ts'
import { DepositAddressWatch } from './depositAddress.ts'
import { gatewayUrl } from './endPoint.ts'
import { Gateway, whyUnaskable } from './gateway.ts'
import type { FlashnetSettings } from './index.ts'
import { nextLookMs, nextReadingMs } from './pace.ts'

/** Readings at once: a browser opens as many connections to one host. */
const READINGS_AT_ONCE = 5

/** How often the network info is read again, milliseconds: the SDK keeps it as long. */
const NETWORK_EVERY_MS = 60_000

const CREDENTIAL_TIP = 'Set the secp256k1 key that the gateway knows, on this card or with `credential set`.'

/** Watches the submissions of one gateway until the site's signal fires. */
export function connect(site: Site<FlashnetSettings>): Link {
  return new FlashnetLink(site)
}

class FlashnetLink implements Link {
  readonly closed: Promise<void>
  readonly #site: Site<FlashnetSettings>
  readonly #address: DepositAddressWatch
  readonly #gateway: Gateway
  readonly #polled: PolledConnection

  constructor(site: Site<FlashnetSettings>) {
    const { settings } = site.connection
    const credential = offeredCredential(site.credential)
    this.#site = site
    this.#address = new DepositAddressWatch(settings.depositAddress ?? null)
    this.#gateway = new Gateway({
      site,
      credential,
      onPause: (untilMs) => {
        this.#polled.paused(untilMs)
      },
      inBackground: (name, work) => {
        this.#polled.inBackground(name, work)
      },
    })
    this.#polled = new PolledConnection({
      site,
      credential,
      url: gatewayUrl(site.connection),
      credentialTip: CREDENTIAL_TIP,
      pingIntervalMs: settings.pingIntervalMs,
      staleAfterMs: settings.staleAfterMs,
      atOnce: READINGS_AT_ONCE,
      watch: settings.watch,
      open: (signal) => this.#open(signal),
      ping: (signal) => this.#ping(signal),
      read: (id, origin, signal) => this.#read(id, origin, signal),
      nameOf: submissionIdOf,
      work: (signal) => this.#work(signal),
    }).start()
    this.closed = this.#polled.closed.then(() => {
      this.#gateway.end()
    })
  }

  reconnectNow(): void {
    this.#polled.reconnectNow()
  }

  reread(id: string): Promise<boolean> {
    const why = whyUnaskable(id)
    if (why !== null) return Promise.reject(why)
    this.#gateway.forget(id)
    return this.#polled.reread(id)
  }

  readonly send = (request: CommandRequest, signal: AbortSignal): Promise<Sent> =>
    this.#gateway.send(request, signal)

  readonly canShowCredential = (): Promise<Verdict> => this.#gateway.canShowCredential()

  watch(id: string): void {
    this.#polled.watch(id)
  }

  unwatch(id: string): void {
    this.#polled.unwatch(id)
  }

  async #open(signal: AbortSignal): Promise<Trouble | null> {
    const { status } = await this.#readNetwork(signal)
    const isGateway = status !== 404 || (await this.#gateway.health(signal)).status !== 404
    if (isGateway) await this.#gateway.begin(signal)
    if (isGateway) return null
    const reason = `The server at ${gatewayUrl(this.#site.connection)} speaks HTTP but is no Flashnet gateway there.`
    return { state: 'refused', reason, tip: 'Check `url` in the profile.' }
  }

  /** Where health is not offered, that it answers at all is a sign of life. */
  async #ping(signal: AbortSignal): Promise<void> {
    await this.#gateway.health(signal)
  }

  async #read(id: string, origin: Origin, signal: AbortSignal): Promise<number | null> {
    if (whyUnaskable(id) !== null) {
      await this.#gateway.refuse(id)
      return null
    }
    const { status, body } = await this.#gateway.submission(id, origin, signal)
    this.#polled.answered(id, status !== 404)
    const { clock, random } = this.#site
    if (status === 404 || body === null) return nextLookMs(clock)
    const said = body['status']
    const standing = {
      status: typeof said === 'string' ? said : '',
      createdAtMs: toEpochMs(body['createdAt']),
      deadlineAtMs: toEpochMs(body['expiresAt']),
      followedCount: this.#polled.followedCount(),
    }
    return nextReadingMs(standing, clock, random)
  }

  async #readNetwork(signal: AbortSignal): Promise<{ status: number; body: JsonObject | null }> {
    const reading = await this.#gateway.network(signal, (info) => this.#address.missing(info))
    if (reading.body !== null && reading.status !== 404)
      this.#polled.noted(this.#address.notice(reading.body))
    return reading
  }

  /** A failed reading of the network info says nothing of the submissions and is made again. */
  async #work(signal: AbortSignal): Promise<void> {
    while (!isAborted(signal)) {
      await this.#site.clock.sleep(NETWORK_EVERY_MS, signal)
      if (!isAborted(signal)) await this.#readNetwork(signal).catch(() => undefined)
    }
  }
}

/** A submission is read by its own id only, never by that of its content. */
function submissionIdOf({ aliases }: TrackedIntent): string | null {
  return aliases.findLast(({ kind }) => kind === 'submissionId')?.value ?? null
}
