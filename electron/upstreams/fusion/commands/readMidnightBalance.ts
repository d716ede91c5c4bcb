import { z } from 'zod'
import type { Command } from '../../command.ts'
import { judgeByStatus } from '../../kit/judgement.ts'
import { MIDNIGHT } from './conditions.ts'
import { get } from './requests.ts'

const address = z
  .string({ error: 'has to be a text' })
  .trim()
  .regex(
    /^(?:0x)?[0-9a-f]{64}$/i,
    'has to be a canonical Midnight address: 64 hex digits, not the form that begins with “mn_”',
  )

interface Input {
  address: string
}

/** Reads the balance of a Midnight address as the backend sees it. That the query is named `address` is assumed. */
export const readMidnightBalance: Command<Input> = {
  name: 'readMidnightBalance',
  words: 'Read Midnight balance',
  effect: 'reads',
  kind: 'readMidnightBalance',
  isIntentNeeded: false,
  movesMoney: false,
  fields: [
    {
      name: 'address',
      words: 'Midnight address',
      kind: 'text',
      isRequired: true,
      hint: 'The canonical form of 64 hex digits.',
      prefill: ({ source, maker }) => (source.chainId === MIDNIGHT ? maker : null),
    },
  ],
  input: z.strictObject({ address }),
  preconditions: [],
  checks: [],
  subject: ({ input }) => input.address,
  request: (given) => get(given, `/api/midnight/balance?address=${encodeURIComponent(given.input.address)}`),
  expected: 'The backend answers with the balance; nothing changes.',
  repeats: 'It can be read as often as wanted.',
  warning: '',
  judge: judgeByStatus,
  isAnswerShownWhole: true,
  trace: null,
}
