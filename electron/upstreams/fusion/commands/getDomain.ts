import { z } from 'zod'
import type { Command } from '../../command.ts'
import { judgeByStatus } from '../../kit/judgement.ts'
import { chainId, sourceChainField } from './fields.ts'
import { post } from './requests.ts'

interface Input {
  chainId: number
}

/** Reads the EIP-712 domain under which an intent is signed. That the body names the chain is assumed. */
export const getDomain: Command<Input> = {
  name: 'getDomain',
  words: 'Get domain',
  effect: 'reads',
  kind: 'getDomain',
  isIntentNeeded: false,
  movesMoney: false,
  fields: [sourceChainField],
  input: z.strictObject({ chainId }),
  preconditions: [],
  checks: [],
  subject: ({ input }) => String(input.chainId),
  request: (given) => post(given, '/api/intents/get-domain', given.input),
  expected: 'The backend answers with the domain; nothing changes.',
  repeats: 'It can be read as often as wanted.',
  warning: '',
  judge: judgeByStatus,
  isAnswerShownWhole: true,
  trace: null,
}
