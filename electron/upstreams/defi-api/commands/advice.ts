import type { Advice } from '../../kit/advice.ts'
import type { Generation } from '../api.ts'

// One code covers many causes, and its type and message are for display only (defi-development/errors [G3]); no page shows what
// an unknown id, a wrong key or too many requests are answered with.

const KEY =
  'The API does not take the key of this connection: set it again on its card or with `credential set`.'

const SIGNATURE =
  'The API does not take what shows who asks: set the RSA key that it knows again, and check the clock of this machine, since each request carries its time.'

const NEW_QUOTE =
  'Ask for a new quote and begin from that: the API answers so for a slippage that it cannot work with, and for a field that is missing or wrong.'

const NOT_POSSIBLE =
  'Read the intent again and compare its status; else an address, a token, the amount, the balance or the signature is not as it has to be: mend what the message names, and begin from a new quote.'

/** What this API means by each status. */
export function adviceOf(generation: Generation): Advice {
  const refused = generation === 'signed' ? SIGNATURE : KEY
  return { 400: NEW_QUOTE, 401: refused, 403: refused, 422: NOT_POSSIBLE }
}
