import { z } from 'zod'
import type { Intent } from '../../../../shared/intent/intent.ts'
import type { CommandFieldMaker } from '../../command.ts'

/** Longest id of a session that is believed; no page says how long one is. */
const LONGEST_SESSION_ID = 200

/** A transaction's hash; Midnight's have 32 bytes, some tools put a byte for the version of the format before them. */
export const txHash = z
  .string({ error: 'has to be a text' })
  .trim()
  .regex(
    /^(?:0x)?(?:[0-9a-f]{2})?[0-9a-f]{64}$/i,
    'has to be a transaction hash: 64 hex digits, with or without 0x',
  )

/** The id of a session, as the backend gave it; it stands in a path. */
export const sessionId = z
  .string({ error: 'has to be a text' })
  .trim()
  .min(1, 'must not be empty')
  .max(LONGEST_SESSION_ID, `has at most ${LONGEST_SESSION_ID} characters`)
  .regex(
    /^(?!\.+$)[\w.:-]+$/,
    'has to be the id of a session: letters, digits, dots, colons, dashes and underscores',
  )

/** A form's line for the hash of what a wallet sent. */
export function txHashField(words: string): CommandFieldMaker {
  const hint = 'The hash that the wallet shows once it has sent the transaction.'
  return { name: 'txHash', words, kind: 'text', isRequired: true, hint }
}

/** A form's line for the id of a session; filled in once the console knows it from the answer to an earlier command. */
export function sessionField(name: 'sessionId' | 'refundSessionId', words: string): CommandFieldMaker {
  const hint = 'From the answer that opened the session.'
  return { name, words, kind: 'text', isRequired: true, hint, prefill: (intent) => sessionOf(intent, name) }
}

function sessionOf({ details }: Intent, name: string): string | null {
  const [found] = Object.entries(details).filter(([label]) => label === name || label.endsWith(`.${name}`))
  return found?.[1] ?? null
}

/** The id of a chain: a form gives digits, a file a number. */
export const chainId = z.coerce
  .number({ error: 'has to be a chain id in digits' })
  .int('has to be a whole number')
  .positive('has to be above 0')
  .max(Number.MAX_SAFE_INTEGER, 'is too large for a chain id')

/** A form's line for it; filled in with the chain that the intent at hand starts on. */
export const sourceChainField: CommandFieldMaker = {
  name: 'chainId',
  words: 'Source chain',
  kind: 'text',
  isRequired: true,
  hint: 'The id of the chain that the intent starts on.',
  prefill: ({ source }) => source.chainId?.toString() ?? null,
}
