import type { Precondition } from '../../../shared/api/action.ts'
import type { CredentialStatus } from '../../../shared/api/credential.ts'
import type { Presence } from '../../../shared/api/presence.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { Command, Condition, Verdict } from '../../upstreams/command.ts'

/** How a connection is reached just now. */
export interface Reach {
  /** Whether the profile in use has it, open in this process. Null in a rehearsal that opens nothing. */
  isHeld: boolean | null
  presence: Presence | null
}

/** How reading the intent again went: not tried, done, or why it failed. */
export type Reading =
  | { state: 'none' }
  /** `knownAs` is the name under which its system answered; null when it knows it under none. */
  | { state: 'done'; knownAs: string | null }
  | { state: 'failed'; why: string }

const NOT_OPENED = 'This rehearsal opens no connection.'

/** A condition as it stands; `why` and `opensAtMs` default to nothing. */
export function precondition(
  name: string,
  state: Precondition['state'],
  more: Partial<Pick<Precondition, 'why' | 'opensAtMs'>> = {},
): Precondition {
  return { name, state, why: more.why ?? '', opensAtMs: more.opensAtMs ?? null }
}

/** The engine's own conditions, which stand before those of every command. */
export function connectionConditions({ isHeld, presence }: Reach): Precondition[] {
  if (isHeld === null) {
    const why = NOT_OPENED
    return [
      precondition('connection held here', 'unknown', { why }),
      precondition('connection live', 'unknown', { why }),
    ]
  }
  if (!isHeld) {
    const why = 'The profile in use does not have this connection open.'
    return [
      precondition('connection held here', 'unmet', { why }),
      precondition('connection live', 'unmet', { why }),
    ]
  }
  return [precondition('connection held here', 'met'), liveCondition(presence)]
}

function liveCondition(presence: Presence | null): Precondition {
  if (presence?.state === 'live') return precondition('connection live', 'met')
  const state = presence?.state.replaceAll('-', ' ') ?? 'closed'
  const why = `The connection is ${state}. ${presence?.reason ?? ''}`.trim()
  return precondition('connection live', 'unmet', { why })
}

const CREDENTIAL = 'credential usable'

/** Whether what shows who asks is where the profile says; nothing where it names none, or nobody has looked yet. */
export function credentialConditions(status: CredentialStatus | null): Precondition[] {
  if (status === null || status.state === 'not-needed') return []
  if (status.state === 'present') return [precondition(CREDENTIAL, 'met')]
  const why = status.why || `The profile names a credential for this connection, and it is ${status.state}.`
  return [precondition(CREDENTIAL, 'unmet', { why: `${why} ${status.tip}`.trim() })]
}

/** Whether it can be shown with a request: what stands in the way here is known before anything is sent. */
export function showingCondition({ state, ...more }: Verdict): Precondition {
  return precondition(CREDENTIAL, state, more)
}

/** Whether the intent was read again for this, so that nothing rests on a stale screen. */
export function readingCondition(reading: Reading): Precondition {
  switch (reading.state) {
    case 'done':
      return precondition('read just now', 'met')
    case 'none':
      return precondition('read just now', 'unknown', { why: 'It was not read again for this.' })
    case 'failed':
      return precondition('read just now', 'unknown', { why: `It could not be read again: ${reading.why}` })
  }
}

const KNOWN = 'known to its system'

/**
 * Of an intent that its system does not know: nothing is sent about what it has just said, under every name, that it does not have.
 * Where that was heard earlier it may be otherwise by now.
 */
export function namedConditions(
  { effect, isIntentNeeded }: Pick<Command, 'effect' | 'isIntentNeeded'>,
  intent: Pick<Intent, 'isNotFound'> | null,
  reading: Reading = { state: 'none' },
): Precondition[] {
  if (effect === 'reads' || !isIntentNeeded || intent?.isNotFound !== true) return []
  if (reading.state === 'done' && reading.knownAs !== null) return []
  const why =
    reading.state === 'done'
      ? 'The system answered just now that it does not know this intent, under any name it has here: watch it under the id that it has there.'
      : 'The system answered that it does not know this intent; it may know it under another id.'
  return [precondition(KNOWN, reading.state === 'done' ? 'unmet' : 'unknown', { why })]
}

/** How the conditions of a command stand. One that fails at looking is unknown, and says so. */
export async function evaluated<Known>(
  conditions: readonly Condition<Known>[],
  known: Known,
): Promise<Precondition[]> {
  return Promise.all(
    conditions.map(async ({ name, check }) => {
      try {
        const { state, ...more } = await check(known)
        return precondition(name, state, more)
      } catch (reason) {
        const said = reason instanceof Error ? reason.message : String(reason)
        return precondition(name, 'unknown', { why: `This could not be checked: ${said}` })
      }
    }),
  )
}

/** Whether nothing stands against a command, else why and when that ends by itself. */
export interface Standing {
  isOpen: boolean
  why: string
  opensAtMs: number | null
}

/** How a command stands by its conditions: those that cannot be checked leave it open, to be acknowledged. */
export function standingOf(preconditions: readonly Precondition[]): Standing {
  const unmet = preconditions.filter(({ state }) => state === 'unmet')
  const [first] = unmet
  if (first === undefined) return { isOpen: true, why: '', opensAtMs: null }
  const opens = unmet.map(({ opensAtMs }) => opensAtMs)
  const isMatterOfTime = opens.every((atMs) => atMs !== null)
  return {
    isOpen: false,
    why: first.why === '' ? `Not met: ${first.name}.` : first.why,
    opensAtMs: isMatterOfTime ? Math.max(...opens) : null,
  }
}
