import { z } from 'zod'
import type { Intent } from '../../../../shared/intent/intent.ts'
import type { Command } from '../../command.ts'
import { jsonField } from '../../kit/jsonField.ts'
import type { FlashnetSettings } from '../index.ts'
import { proofGeneration } from './conditions.ts'
import { post } from './execute.ts'
import { judgeVerification } from './judgeVerification.ts'

/** Most transfers that are asked about at once; nobody documents a bound, and a submission spends a few. */
const MOST_TRANSFERS = 100

const input = z.strictObject({
  intentId: z
    .string({ error: 'has to be hex digits as a text' })
    .trim()
    .regex(/^(?:0x)?[0-9a-f]{64}$/i, 'has to be the id of the content: 64 hex digits')
    .transform((id) => id.toLowerCase().replace(/^0x/, '')),
  transfers: jsonField(
    z
      .array(
        z.strictObject({
          sparkTransferId: z
            .string({ error: 'has to be the id of a Spark transfer as a text' })
            .regex(
              /^(?:0x)?(?:[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i,
              'has to be the id of a Spark transfer: 32 or 64 hex digits, or a dashed UUID',
            ),
        }),
        { error: 'has to be a list as [{"sparkTransferId": "…"}]' },
      )
      .min(1, 'has to name at least one transfer')
      .max(MOST_TRANSFERS, `has to name at most ${MOST_TRANSFERS} transfers`),
  ),
})

/** Asks the gateway to prove that Spark transfers arrived. A proof is good for one content only. */
export const verifyDeposit: Command<z.output<typeof input>, FlashnetSettings> = {
  name: 'verifyDeposit',
  words: 'Verify deposit',
  effect: 'reads',
  kind: 'verifyDeposit',
  isIntentNeeded: false,
  movesMoney: false,
  fields: [
    {
      name: 'intentId',
      words: 'Id of the content',
      kind: 'text',
      isRequired: true,
      hint: 'The intentId that the transfers are to pay for: 64 hex digits.',
      prefill: intentIdIn,
    },
    {
      name: 'transfers',
      words: 'Spark transfers',
      kind: 'json',
      isRequired: true,
      hint: 'A list as [{"sparkTransferId": "…"}].',
      prefill: transfersIn,
    },
  ],
  input,
  preconditions: [proofGeneration],
  checks: [],
  subject: (given) => given.input.intentId,
  request: (given) => post(given, '/api/v1/verifyDeposit', given.input),
  expected:
    'The gateway answers with a proof for each transfer that it found, or why there is none; nothing changes.',
  repeats: 'It can be asked as often as wanted.',
  warning: '',
  judge: judgeVerification,
  isAnswerShownWhole: true,
  trace: null,
}

function intentIdIn({ aliases }: Intent): string | null {
  return aliases.find(({ kind }) => kind === 'intentId')?.value ?? null
}

function transfersIn({ parts }: Intent): string | null {
  const ids = Object.values(parts['deposits'] ?? {}).map(({ transferId }) => ({
    sparkTransferId: transferId,
  }))
  return ids.length === 0 ? null : JSON.stringify(ids)
}
