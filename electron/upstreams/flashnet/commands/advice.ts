import type { Advice } from '../../kit/advice.ts'

// The body of an error is text of no known form; which codes were seen, section 8 of the page and the SDK’s tests say [S][R].

const WITHOUT_PROOF =
  'Submit with the placeholder proof, 0x twice: then the gateway looks for the deposits itself.'

/** About what is submitted. */
export const SUBMIT_ADVICE: Advice = {
  400: 'A field that the gateway does not know is refused so, which mostly means the other generation: compare the setting `wire` of the connection with what was signed, and have it signed anew.',
  401: 'The gateway takes the signer from the key that this connection signs in with: set the key that signed as its credential, or have it signed with that one.',
  409: 'Look up the first submissionId of this content before anything else; where that one came to nothing, other content has to be signed.',
}

/** About a clawback, of which there is one for each transfer, ever. */
export const CLAWBACK_ADVICE: Advice = {
  ...SUBMIT_ADVICE,
  403: 'Only the first sender of the transfer can claw it back: this connection has to sign in with that key.',
  409: 'There is one clawback of a transfer, ever: look up the submission that was made of it, and whether the transfer came back, before anything else is signed.',
}

/** About proofs of deposits; without them a gateway polls. */
export const PROOF_ADVICE: Advice = {
  404: WITHOUT_PROOF,
  405: WITHOUT_PROOF,
  501: WITHOUT_PROOF,
  503: WITHOUT_PROOF,
}
