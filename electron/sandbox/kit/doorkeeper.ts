import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Answer } from './answer.ts'
import type { SandboxClock } from './clock.ts'
import type { FaultVerb } from './faults.ts'
import { turnAway } from './frameServer.ts'
import { lasting } from './networkVerbs.ts'

/** Who is let in to a server that wants a bearer key. */
export interface Doorkeeper {
  /** The HTTP answer to a request that is turned away; null lets it in. */
  refusal: (request: IncomingMessage) => Answer | null
  /** The same for an upgrade, as text. */
  turningAway: (request: IncomingMessage) => string | null
  /** Faults at the door; `onExpired` is called when the key stops being good. */
  verbs: (onExpired: () => void) => Record<string, FaultVerb>
}

/** Checks the bearer key for real; faults make it expire or ask for patience. */
export function createDoorkeeper({ key, clock }: { key: string; clock: SandboxClock }): Doorkeeper {
  const mood = { isKeyExpired: false, tooManyUntilMs: 0, unavailableUntilMs: 0 }
  const wanted = Buffer.from(`Bearer ${key}`)

  function isGood({ headers }: IncomingMessage): boolean {
    const shown = Buffer.from(headers.authorization ?? '')
    return !mood.isKeyExpired && shown.length === wanted.length && timingSafeEqual(shown, wanted)
  }

  function refusal(request: IncomingMessage): Answer | null {
    const nowMs = clock.nowMs()
    if (mood.tooManyUntilMs > nowMs) {
      const seconds = String(Math.ceil((mood.tooManyUntilMs - nowMs) / 1_000))
      return { ...failure(429, 'Too Many Requests'), headers: { 'retry-after': seconds } }
    }
    if (mood.unavailableUntilMs > nowMs) {
      const date = new Date(mood.unavailableUntilMs).toUTCString()
      return { ...failure(503, 'Service Unavailable'), headers: { 'retry-after': date } }
    }
    return isGood(request) ? null : failure(401, 'Unauthorized')
  }

  const patience = (field: 'tooManyUntilMs' | 'unavailableUntilMs', does: string): FaultVerb => ({
    ...lasting(does, 10),
    begin: (seconds) => {
      mood[field] = clock.nowMs() + seconds * 1_000
    },
    end: () => {
      mood[field] = 0
    },
  })

  return {
    refusal,
    turningAway: (request) => {
      const found = refusal(request)
      if (found === null) return null
      const { error } = found.body as { error: string }
      return turnAway(`${found.status} ${error}`, found.headers)
    },
    verbs: (onExpired) => ({
      'expire-token': {
        ...lasting('The key is refused: open sockets are closed, upgrades and REST answered 401.', 20),
        begin: () => {
          mood.isKeyExpired = true
          onExpired()
        },
        end: () => {
          mood.isKeyExpired = false
        },
      },
      '429': patience('tooManyUntilMs', 'REST and upgrades are answered 429 with Retry-After in seconds.'),
      '503': patience('unavailableUntilMs', 'REST and upgrades are answered 503 with Retry-After as a date.'),
    }),
  }
}

/** A failure in the form of a Nest server's own. */
export function failure(status: number, error: string, message: string = error): Answer {
  return { status, body: { statusCode: status, message, error } }
}
