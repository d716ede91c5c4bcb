import { randomUUID } from 'node:crypto'

/** One condition of a command, and whether it holds. */
export interface Precondition {
  name: string
  state: 'met' | 'unmet' | 'unknown'
  why: string
}

/** What `act` answers (interfaces.md section 6). */
export interface ActAnswer {
  actionId: string
  command: string
  outcome: 'accepted' | 'refused' | 'unknown' | 'closed' | 'dry-run'
  /** One sentence. */
  why: string
  /** When a closed command opens, epoch milliseconds; null when that is not known. */
  opensAtMs: number | null
  preconditions: Precondition[]
  /** What is sent to a system; null when the command sends nothing. */
  request: { method: string; url: string; body: unknown } | null
  response: unknown
}

/** An answer with what it does not say left empty. */
export function answer(said: Pick<ActAnswer, 'command' | 'outcome' | 'why'> & Partial<ActAnswer>): ActAnswer {
  return {
    actionId: randomUUID(),
    opensAtMs: null,
    preconditions: [],
    request: null,
    response: null,
    ...said,
  }
}

/** Whether the command line ends well with it. */
export function isGood({ outcome }: ActAnswer): boolean {
  return outcome === 'accepted' || outcome === 'dry-run'
}

/** An answer for a person. */
export function linesOf({ command, outcome, why, preconditions, response }: ActAnswer): string[] {
  return [
    `${command}: ${outcome}. ${why}`,
    ...preconditions.map(
      (one) => `  ${one.state.padEnd(7)} ${one.name}${one.why === '' ? '' : `: ${one.why}`}`,
    ),
    ...(response === null ? [] : [`  ${JSON.stringify(response)}`]),
  ]
}
