import { mainIdOf } from '../../../../shared/intent/mainId.ts'
import type { About, CommandRequest } from '../../command.ts'
import { restUrlOf } from '../endPoint.ts'

// No page documents what these end points take, but for submit: each body is the intent's id and the fields that a person
// filled in, under the names that the pages use elsewhere. The backend asks for no credential.

/** A GET of a path of the connection's REST API. */
export function get({ connection }: About, path: string): CommandRequest {
  const url = restUrlOf(connection) + path
  return { method: 'GET', url, body: null, secretHeaders: [], secrets: [] }
}

/** A POST of a JSON object; fields that are not given are left out. */
export function post({ connection }: About, path: string, body: object): CommandRequest {
  const url = restUrlOf(connection) + path
  return { method: 'POST', url, body: JSON.stringify(body), secretHeaders: [], secrets: [] }
}

/**
 * The id by which the backend knows the intent that a command is about: what it answered to just now, since the contract may have given a
 * new one. Empty without an intent, which the engine does not let pass.
 */
export function intentIdOf({ intent, knownAs }: About): string {
  return intent === null ? '' : (knownAs ?? mainIdOf(intent))
}
