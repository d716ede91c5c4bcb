import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Answer } from './answer.ts'
import type { SandboxClock } from './clock.ts'
import type { FaultVerb } from './faults.ts'
import { turnAway, type Admission } from './frameServer.ts'
import { askForPatience, patienceVerbs } from './patience.ts'
import type { Random } from './random.ts'
import { switched } from './verbs.ts'

interface Refusal extends Answer {
  body: { statusCode: number; message: string; error: string }
}

/** Who is let in to a server that wants a bearer key. */
export interface Doorkeeper {
  /** The invented key. */
  key: string
  /** The HTTP answer to a request that is turned away; null lets it in. */
  refusal: (request: IncomingMessage) => Answer | null
  /** The same for an upgrade; `roomOf` names the room that a path leads to, null where there is none. */
  admit: (request: IncomingMessage, roomOf: (path: string) => string | null) => Admission
  /** Faults at the door; `onExpired` is called when the key stops being good. */
  verbs: (onExpired: () => void) => Record<string, FaultVerb>
}

/** Draws a key and checks it for real; faults make it expire or ask for patience. */
export function createDoorkeeper({ random, clock }: { random: Random; clock: SandboxClock }): Doorkeeper {
  const mood = { isKeyExpired: false, tooManyUntilMs: 0, unavailableUntilMs: 0 }
  const key = `demo-${random.branch('key').hex(16).slice(2)}`
  const wanted = Buffer.from(`Bearer ${key}`)

  function isGood({ headers }: IncomingMessage): boolean {
    const shown = Buffer.from(headers.authorization ?? '')
    return !mood.isKeyExpired && shown.length === wanted.length && timingSafeEqual(shown, wanted)
  }

  function refusal(request: IncomingMessage): Refusal | null {
    const asked = askForPatience(mood, clock.nowMs())
    if (asked === null) return isGood(request) ? null : failure(401, 'Unauthorized')
    return {
      ...failure(asked.status, asked.status === 429 ? 'Too Many Requests' : 'Service Unavailable'),
      ...asked,
    }
  }

  return {
    key,
    refusal,
    admit: (request, roomOf) => {
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
      // A slash too many is what the SDK makes of an address that ends with one.
      const room = roomOf(pathname.replaceAll(/\/+/g, '/'))
      if (room === null) return { answer: turnAway('404 Not Found') }
      const refused = refusal(request)
      if (refused === null) return { room }
      return { answer: turnAway(`${refused.status} ${refused.body.error}`, refused.headers) }
    },
    verbs: (onExpired) => ({
      'expire-token': switched(
        'The key is refused: open sockets are closed, upgrades and REST answered 401.',
        20,
        (isOn) => {
          mood.isKeyExpired = isOn
          if (isOn) onExpired()
        },
      ),
      ...patienceVerbs(mood, clock, 'REST and upgrades are answered'),
    }),
  }
}

/** A failure in the form of a Nest server's own. */
export function failure(status: number, error: string, message: string = error): Refusal {
  return { status, body: { statusCode: status, message, error } }
}
