import { z } from 'zod'
import type { CommandFieldMaker } from '../command.ts'
import { jsonField } from './jsonField.ts'
import { hexBytes, limitOrder } from './limitOrder.ts'

/** Longest id of a quote that is believed; documented ones are UUIDs. */
const LONGEST_QUOTE_ID = 200

/** The fields of a signed order as a relayer takes them; `isMakerContract` helps to check it and is not sent. */
export const signedOrder = {
  order: jsonField(limitOrder),
  signature: hexBytes,
  quoteId: z
    .string({ error: 'has to be a text' })
    .min(1, 'must not be empty')
    .max(LONGEST_QUOTE_ID, `has at most ${LONGEST_QUOTE_ID} characters`),
  extension: hexBytes,
  /** Whether the maker is a contract, whose signature nobody can check from here. */
  isMakerContract: z
    .preprocess(
      (said) => (said === 'yes' ? true : said),
      z.boolean({ error: 'has to be “yes”, or stay empty' }),
    )
    .optional(),
}

/** What of it is checked. */
export type SignedOrder = Pick<
  z.infer<z.ZodObject<typeof signedOrder>>,
  'order' | 'signature' | 'extension' | 'isMakerContract'
>

/** The form: what was signed, whole; `names` are the fields that its file has to have. */
export function signedOrderFields(names: string): readonly CommandFieldMaker[] {
  return [
    {
      name: 'signedOrder',
      words: 'Signed order',
      kind: 'signed-file',
      isRequired: true,
      hint: `What the SDK would send, as JSON: ${names}.`,
    },
    {
      name: 'isMakerContract',
      words: 'The maker is a contract',
      kind: 'text',
      isRequired: false,
      hint: '“yes” where a contract wallet made the order: its signature cannot be checked here. It is not sent.',
    },
  ]
}
