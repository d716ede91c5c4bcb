import { z } from 'zod'
import type { Command } from '../../command.ts'
import { jsonField } from '../../kit/jsonField.ts'
import type { DefiSettings } from '../index.ts'
import { bodyDocumented } from './conditions.ts'
import { generationOf, postQuote, type Known } from './endPoints.ts'
import {
  amountOnWire,
  basisPoints,
  field,
  networkId,
  requireForm,
  wholeAmount,
  word,
  type Form,
} from './fields.ts'
import { judgeAnswer } from './judgements.ts'

/** A token, as any of the generations names it. */
const token = {
  token_id: word.optional(),
  network_id: networkId.optional(),
  token: word.optional(),
  contract_address: word.optional(),
}

const input = z.strictObject({
  from: jsonField(
    z.strictObject({ from_network_id: networkId.optional(), from_token: word.optional(), ...token }),
  ),
  to: jsonField(z.strictObject({ to_network_id: networkId.optional(), to_token: word.optional(), ...token })),
  amount: wholeAmount,
  slippage_bps: basisPoints.optional(),
})

type Input = z.infer<typeof input>

/** Asks what a swap would cost and bring now. Nothing is reserved and nothing moves. */
export const quote: Command<Input, DefiSettings> = {
  name: 'quote',
  words: 'Read quote',
  effect: 'reads',
  kind: 'quote',
  isIntentNeeded: false,
  movesMoney: false,
  fields: [
    field('from', 'From', {
      kind: 'json',
      isRequired: true,
      hint: 'What is given: {"from_network_id":1,"from_token":"0x…"}; of the generation “signed” {"token_id":"…"} or {"network_id":1,"contract_address":"0x…"}.',
    }),
    field('to', 'To', {
      kind: 'json',
      isRequired: true,
      hint: 'What is wanted: {"to_network_id":4,"to_token":"…"}; of the generation “signed” as in “From”.',
    }),
    field('amount', 'Amount', { kind: 'text', isRequired: true, hint: 'In whole tokens, decimal: 100.5' }),
    field('slippage_bps', 'Slippage', {
      kind: 'text',
      isRequired: false,
      hint: 'In basis points, 50 is 0.5 %; only the generation “signed” may go without.',
    }),
  ],
  input,
  preconditions: [bodyDocumented],
  checks: [],
  subject: ({ connection }) => connection.id,
  request: (given) => postQuote(given, bodyOf(given, given.input)),
  expected:
    'The API answers with a price for this amount, and until when it holds. Nothing is reserved and no funds move.',
  repeats: 'Each request gives a quote of its own; they do not affect each other.',
  warning: '',
  judge: (answer, given) =>
    judgeAnswer(answer, given, 'The quote is in the answer, amounts in base units as the system wrote them.'),
  isAnswerShownWhole: true,
  trace: null,
}

function bodyOf(known: Known, { from, to, amount, slippage_bps }: Input): object {
  const generation = generationOf(known)
  const isSigned = generation === 'signed'
  requireForm('from', from, formsOf('from', isSigned))
  requireForm('to', to, formsOf('to', isSigned))
  const slippage = isSigned ? 'slippage_bps?' : 'slippage_bps'
  requireForm('the whole', { from, to, amount, slippage_bps }, [['from', 'to', 'amount', slippage]])
  return { from, to, amount: amountOnWire(amount, generation), slippage_bps }
}

/** Ways to name a token: [S] each end names its fields after itself, [E2] and [G3] know ids too. */
function formsOf(side: 'from' | 'to', isSigned: boolean): Form[] {
  const byId = ['token_id']
  if (isSigned) return [byId, ['network_id', 'contract_address']]
  return [[`${side}_network_id`, `${side}_token`], byId, ['network_id', 'token']]
}
