import { formatDuration } from '../../../shared/intent/time.ts'
import type { Answered, Judgement } from '../command.ts'

/** What to do about a refusal, by HTTP status, where a system says more closely what one means. */
export type Advice = Readonly<Record<number, string>>

/** What each status means in any system (RFC 9110); the classes stand below. */
const GENERAL: Advice = {
  400: 'Mend the field that the system names, and fill the command in again; nothing was taken.',
  401: 'The system does not take the credential of this connection: set it again in Settings or with `credential set`, wait until the connection is live, and give the command again.',
  403: 'This credential may not do it: ask whoever runs the system for the right, or set another credential.',
  404: 'The system has nothing under this id, or no such end point: read the intent again, since its id may have been replaced, and check the address in the profile.',
  405: 'This system does not offer it at this address: check `url`, `restUrl` and the version in the profile.',
  409: 'It is there already, or the system stands elsewhere by now: read the intent again before anything else is given.',
  410: 'What it was about is over: read the intent again, and begin anew where the system still allows it.',
  413: 'It is longer than the system takes: check that the right file was given.',
  422: 'The system read it and cannot do it: compare amount, address, token and time with what it says, and fill the command in again.',
  429: 'It was not taken because too much was asked: wait, and give it once more.',
}

const REDIRECTED =
  'The address leads elsewhere, and nothing is sent after it: put the right one into the profile, and give the command again.'

const OTHER =
  'Nothing was taken: read the intent again and look at what the system says, before it is given anew.'

/** What an operator may do about an answer that refused a command, by its status alone; says how long to wait where the system does. */
export function adviceOn(answer: Answered): string {
  const { httpStatus } = answer
  const said = httpStatus < 400 ? REDIRECTED : (GENERAL[httpStatus] ?? OTHER)
  return said + waiting(answer)
}

/** A judgement of a refusal with what its own system says of the status; any other judgement as it was. */
export function advised(judged: Judgement, answer: Answered, advice: Advice): Judgement {
  const own = judged.outcome === 'refused' ? advice[answer.httpStatus] : undefined
  return own === undefined ? judged : { ...judged, advice: own + waiting(answer) }
}

function waiting({ retryAfterMs }: Answered): string {
  return retryAfterMs === undefined ? '' : ` It asks to wait ${formatDuration(retryAfterMs)} first.`
}
