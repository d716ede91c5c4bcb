import type { Advice } from '../../kit/advice.ts'

// No page says which status this backend answers with, nor what a body of an error holds: what is known is when it refuses
// (reference/api-websocket-overview, run/coordinator-overview, reference/intent-schema).

const CREDENTIAL =
  'No page of this backend asks for a credential, so something in front of it refuses: ask whoever runs it.'

/** What holds for every command. */
export const GENERAL_ADVICE: Advice = {
  401: CREDENTIAL,
  403: CREDENTIAL,
  404: 'The backend may know the intent under another id, since the contract gives a new one, or not offer this at all: read the intent again and look at its ids before it is given once more.',
}

const NOT_READY =
  'A permit is refused while the intent is not ready, its proof is not complete, or its deadline has passed: read the intent again, and relay it once the proof is verified, as long as the deadline is ahead.'

/** About relaying a permit. */
export const PERMIT_ADVICE: Advice = { 400: NOT_READY, 409: NOT_READY, 422: NOT_READY }

const NOT_REFUNDABLE =
  'The timelock counts by the clock of the chain and its finality, and the coordinator refunds by itself too: read the intent again, look for a refund that has begun, and give this again only when there is none.'

/** About opening a refund session. */
export const REFUND_ADVICE: Advice = { 400: NOT_REFUNDABLE, 409: NOT_REFUNDABLE, 422: NOT_REFUNDABLE }

const SESSION_OVER =
  'The backend may have forgotten the session, since sessions end after a time that nobody documents. Do not send the transaction again: open a new session, and report the same hash there.'

/** About reporting a transaction of a session. */
export const SESSION_ADVICE: Advice = {
  404: SESSION_OVER,
  410: SESSION_OVER,
  409: 'The backend may have this report already: read the intent again and look for the transaction, before it is reported once more.',
}

const NOT_SUBMITTABLE =
  'Compare the nonce and the domain with “Get nonce” and “Get domain”, see that addresses on Midnight are in the canonical form, and ask whether the route is switched on; then have it signed anew.'

/** About submitting a signed intent. */
export const SUBMIT_ADVICE: Advice = {
  400: NOT_SUBMITTABLE,
  422: NOT_SUBMITTABLE,
  409: 'The backend has this id or this nonce already: read the intent by its id, which tells whether it is the same, before anything is signed anew.',
}

/** About opening a session for the source lock. */
export const LOCK_SESSION_ADVICE: Advice = {
  409: 'A session may be open already: Actions shows the id of the one before. Go on with that one.',
}
