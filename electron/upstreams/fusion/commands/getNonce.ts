import { z } from 'zod'
import type { Command } from '../../command.ts'
import { judgeByStatus } from '../../kit/judgement.ts'
import { chainId, sourceChainField } from './fields.ts'
import { post } from './requests.ts'

const address = z
  .string({ error: 'has to be a text' })
  .trim()
  .regex(
    /^(?:0x)?(?:[0-9a-f]{40}|[0-9a-f]{64})$/i,
    'has to be an address: 40 hex digits on an EVM chain, 64 on Midnight',
  )

interface Input {
  address: string
  chainId: number
}

/** Reads the nonce that the maker’s next intent on a chain has to carry. The names of both fields are assumed. */
export const getNonce: Command<Input> = {
  name: 'getNonce',
  words: 'Get nonce',
  effect: 'reads',
  kind: 'getNonce',
  isIntentNeeded: false,
  movesMoney: false,
  fields: [
    {
      name: 'address',
      words: 'Address of the maker',
      kind: 'text',
      isRequired: true,
      hint: 'The address that will sign the intent.',
      prefill: ({ maker }) => maker,
    },
    sourceChainField,
  ],
  input: z.strictObject({ address, chainId }),
  preconditions: [],
  checks: [],
  subject: ({ input }) => input.address,
  request: (given) => post(given, '/api/intents/get-nonce', given.input),
  expected: 'The backend answers with the nonce; nothing changes.',
  repeats: 'It can be read as often as wanted.',
  warning: '',
  judge: judgeByStatus,
  isAnswerShownWhole: true,
  trace: null,
}
