import type { CommandFieldMaker } from '../../command.ts'

/** A form’s line for the key that signed; a file may name it as well. */
export const publicKeyField: CommandFieldMaker = {
  name: 'publicKey',
  words: 'Public key of the signer',
  kind: 'text',
  isRequired: false,
  hint: 'The compressed secp256k1 key, 66 hex digits: with it the signature is checked. It is not sent.',
}
