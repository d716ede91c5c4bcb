import { randomUUID } from 'node:crypto'
import type { ActAnswer, LiteralRequest, Precondition } from '../../shared/api/action.ts'

/** An answer with what it does not say left empty. */
export function answer(said: Pick<ActAnswer, 'command' | 'outcome' | 'why'> & Partial<ActAnswer>): ActAnswer {
  return {
    actionId: randomUUID(),
    advice: null,
    opensAtMs: null,
    preconditions: [],
    request: null,
    response: null,
    ...said,
  }
}

/** A condition of a command of the console. */
export function condition(name: string, isMet: boolean, why: string): Precondition {
  return { name, state: isMet ? 'met' : 'unmet', why: isMet ? '' : why, opensAtMs: null }
}

/** Whether the command line ends well with it. */
export function isGood({ outcome }: ActAnswer): boolean {
  return outcome === 'accepted' || outcome === 'dry-run'
}

/** An answer for a person. */
export function linesOf({
  command,
  outcome,
  why,
  advice,
  preconditions,
  request,
  response,
  changes,
}: ActAnswer): string[] {
  return [
    `${command}: ${outcome}. ${why}`,
    ...(advice === null ? [] : [`  What to do: ${advice}`]),
    ...preconditions.map(
      (one) => `  ${one.state.padEnd(7)} ${one.name}${one.why === '' ? '' : `: ${one.why}`}`,
    ),
    ...(changes ?? []).map(({ field, was, is }) => `  moved   ${field}: ${was ?? '–'} → ${is ?? '–'}`),
    ...(request === null ? [] : requestLines(request)),
    ...(response === null ? [] : [`  ${JSON.stringify(response)}`]),
  ]
}

/** The request as it goes over the wire, with secrets as dots. */
function requestLines({ method, url, headers, bodyText }: LiteralRequest): string[] {
  return [
    `  ${method} ${url}`,
    ...headers.map(([name, value]) => `  ${name}: ${value}`),
    ...(bodyText === null ? [] : ['', bodyText]),
  ]
}
