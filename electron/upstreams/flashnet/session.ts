import { Failure } from '../../../shared/api/failure.ts'
import type { Clock } from '../kit/clock.ts'
import type { Answer, Http } from '../kit/http.ts'
import type { OfferedCredential } from '../kit/offeredCredential.ts'
import { everyFormOf } from '../kit/secretForms.ts'
import { signIn, type SignedIn, type Token } from './auth.ts'

/** The part of a token's life after which it is renewed: early enough for several attempts. */
const RENEWED_AT = 0.8

/** Shortest time between two renewals, milliseconds: a token that ends at once must not become a storm. */
const LEAST_RENEWAL_MS = 5_000

/** What a session with a gateway depends on. */
export interface SessionOptions {
  /** Where it signs in, without any token. */
  http: Http
  clock: Clock
  credential: OfferedCredential
  /** It was signed in, at first or again. */
  onSignedIn: (signedIn: SignedIn) => Promise<void>
  /** Runs beside everything else. */
  inBackground: (name: string, work: Promise<unknown>) => void
}

/** The token of a connection: asked for at its opening, renewed early, and once when it is refused. */
export class GatewaySession {
  readonly #options: SessionOptions
  #token: Token | null = null
  /** Finds the token and the one before it. */
  #everyForm: RegExp[] = []
  #signingIn: Promise<void> | null = null
  #cancelRenewal = (): void => undefined

  constructor(options: SessionOptions) {
    this.#options = options
  }

  /** The token to send now; null where none is held. */
  token(): string | null {
    return this.#token?.value ?? null
  }

  /** A text of the gateway without the token, this one or the one before it, since answers overtake each other. */
  withoutToken(text: string): string {
    return this.#everyForm.reduce((clean, form) => clean.replace(form, 'redacted:token'), text)
  }

  /** Signs in anew; the token before is held until there is another. Two calls at once are one. Fails with `Failure`. */
  begin(signal: AbortSignal): Promise<void> {
    this.#signingIn ??= this.#signIn(signal).finally(() => (this.#signingIn = null))
    return this.#signingIn
  }

  /** GET with the token; a token that is refused is renewed once, and the question asked once more. */
  async get(http: Http, path: string, signal: AbortSignal): Promise<Answer> {
    const offered = this.#token
    try {
      return await http.get(path, signal)
    } catch (error) {
      if (!isUnauthorised(error)) throw error
      if (this.#token === offered || this.#signingIn !== null) await this.begin(signal)
      if (this.#token === null) throw error
      return http.get(path, signal)
    }
  }

  /** Forgets the token; no timer is left. */
  end(): void {
    this.#cancelRenewal()
    this.#hold(null)
  }

  async #signIn(signal: AbortSignal): Promise<void> {
    const { http, clock, credential, onSignedIn } = this.#options
    this.#cancelRenewal()
    const signedIn = await signIn(http, credential, { signal, nowMs: clock.nowMs })
    if (signal.aborted) return
    this.#hold(signedIn?.token ?? null)
    if (signedIn === null) return
    this.#planRenewal(signedIn.token, signal)
    await onSignedIn(signedIn)
  }

  #hold(token: Token | null): void {
    this.#token = token
    if (token !== null) this.#everyForm = [everyFormOf(token.value), ...this.#everyForm].slice(0, 2)
  }

  #planRenewal({ expiresAtMs }: Token, signal: AbortSignal): void {
    const { clock, inBackground } = this.#options
    if (expiresAtMs === null) return
    const lifeMs = expiresAtMs - clock.nowMs()
    // One that has ended by our clock although it has just been given: the clocks differ, and the gateway will say when.
    if (lifeMs <= 0) return
    this.#cancelRenewal = clock.after(Math.max(LEAST_RENEWAL_MS, lifeMs * RENEWED_AT), () => {
      // Where no other can be had, the next refusal tells.
      if (!signal.aborted)
        inBackground(
          'Renewing the token',
          this.begin(signal).catch(() => undefined),
        )
    })
  }
}

function isUnauthorised(error: unknown): boolean {
  return error instanceof Failure && error.facts['httpStatus'] === 401
}
