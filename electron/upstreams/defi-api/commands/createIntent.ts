import { z } from 'zod'
import type { Answered, Command, Given, Judgement } from '../../command.ts'
import { bodyOf as objectOf } from '../../kit/judgement.ts'
import { jsonField } from '../../kit/jsonField.ts'
import { isSaid, shapeBy } from '../../kit/shape.ts'
import { utc } from '../../kit/verdict.ts'
import { instantOf } from '../../kit/wireValues.ts'
import type { DefiSettings } from '../index.ts'
import { approvalWords } from '../signable.ts'
import { intentBody, unwrapped } from '../wire.ts'
import { bodyDocumented } from './conditions.ts'
import { generationOf, postIntent } from './endPoints.ts'
import { amountOnWire, basisPoints, field, networkId, requireForm, wholeAmount, word } from './fields.ts'
import { judgeAnswer } from './judgements.ts'
import { addressesFit, asQuoted, quoteHolds } from './quoted.ts'

const input = z.strictObject({
  quote_id: word,
  from: jsonField(
    z.strictObject({
      from_network_id: networkId.optional(),
      from_token: word.optional(),
      from_address: word.optional(),
      address: word.optional(),
      refund_address: word.optional(),
      public_key: word.optional(),
    }),
  ),
  to: jsonField(
    z.strictObject({
      to_network_id: networkId.optional(),
      to_token: word.optional(),
      to_address: word.optional(),
      address: word.optional(),
    }),
  ),
  refund_address: word.optional(),
  amount: wholeAmount.optional(),
  slippage_bps: basisPoints.optional(),
  quote: jsonField(
    z.record(z.string(), z.unknown(), { error: 'has to be the answer of “Read quote”' }),
  ).optional(),
})

/** What an intent is created from; `quote` is what it is checked against, and is not sent. */
export type CreateInput = z.infer<typeof input>

type Creation = Given<CreateInput, DefiSettings>

/** Creates an intent from a quote. Nothing moves until its maker has signed an approval. */
export const createIntent: Command<CreateInput, DefiSettings> = {
  name: 'createIntent',
  words: 'Create intent',
  effect: 'changes',
  kind: 'create',
  isIntentNeeded: false,
  movesMoney: false,
  fields: [
    field('quote_id', 'Quote', {
      kind: 'text',
      isRequired: true,
      hint: 'The id in the answer of “Read quote”.',
    }),
    field('from', 'From', {
      kind: 'json',
      isRequired: true,
      hint: '{"from_network_id":1,"from_token":"0x…","from_address":"0x…"}; of the generation “signed” {"address":"0x…","refund_address":"0x…"}, for Bitcoin and Solana with "public_key".',
    }),
    field('to', 'To', {
      kind: 'json',
      isRequired: true,
      hint: '{"to_network_id":4,"to_token":"…","to_address":"…"}; of the generation “signed” {"address":"…"}.',
    }),
    field('refund_address', 'Refund address', {
      kind: 'text',
      isRequired: false,
      hint: 'On the source network; it cannot be changed later. The generation “signed” has it in “From”.',
    }),
    field('amount', 'Amount', {
      kind: 'text',
      isRequired: false,
      hint: 'In whole tokens, as in the quote. The generation “signed” takes it from the quote.',
    }),
    field('slippage_bps', 'Slippage', {
      kind: 'text',
      isRequired: false,
      hint: 'In basis points, as in the quote. The generation “signed” takes it from the quote.',
    }),
    field('quote', 'Answer of the quote', {
      kind: 'json',
      isRequired: false,
      hint: 'With it price, amount and tokens are checked. It is not sent.',
    }),
  ],
  input,
  preconditions: [bodyDocumented],
  checks: [quoteHolds, asQuoted, addressesFit],
  subject: ({ input: { quote_id } }) => quote_id,
  request: (given) => postIntent(given, requestOf(given)),
  expected:
    'The system answers with the id of the intent, what the maker’s wallet has to sign and until when. No funds move before that is signed.',
  repeats:
    'Nothing is promised about repeats: a second request with the same quote may create a second intent.',
  warning:
    'If no answer comes, nothing can tell whether the intent exists: only the generation “signed” has a list, and an intent in it may be somebody else’s. A person then has to settle it. The refund address cannot be changed later.',
  judge,
  isAnswerShownWhole: true,
  // Its id is in the answer alone. One in the list with the same ends and amount may be another request's: never guessed.
  trace: null,
}

/** The body. Fails with `usage` for fields that the generation of the connection does not take, or that it lacks. */
function requestOf(given: Creation): object {
  const { quote: _checked, ...body } = given.input
  const { from, to, amount } = body
  if (generationOf(given) === 'signed') {
    requireForm('from', from, [['address', 'refund_address', 'public_key?']])
    requireForm('to', to, [['address']])
    requireForm('the whole', body, [['quote_id', 'from', 'to']])
    return body
  }
  requireForm('from', from, [['from_network_id', 'from_token', 'from_address']])
  requireForm('to', to, [['to_network_id', 'to_token', 'to_address']])
  requireForm('the whole', body, [['quote_id', 'from', 'to', 'refund_address', 'amount', 'slippage_bps']])
  return amount === undefined ? body : { ...body, amount: amountOnWire(amount, generationOf(given)) }
}

function judge(answer: Answered, given: Creation): Judgement {
  const judged = judgeAnswer(answer, given)
  if (judged.outcome !== 'accepted') return judged
  const frame = unwrapped(objectOf(answer))
  const body = frame === null ? null : shapeBy(intentBody, frame, []).value
  const id = body?.id ?? body?.intent_id ?? null
  if (body === null || id === null) {
    const why =
      'The system took it, but its answer names no intent: it may exist under an id that is not known here.'
    return { ...judged, outcome: 'unknown', why }
  }
  const deadlineAtMs = instantOf(body.deadline_at) ?? instantOf(body.expires_at)
  const told = {
    intentId: id,
    'approval deadline': deadlineAtMs === null ? null : utc(deadlineAtMs),
    'approval type': body.approval_type,
    'secret hash': body.secret_hash,
  }
  const facts = Object.fromEntries(Object.entries(told).filter(([, value]) => isSaid(value))) as Record<
    string,
    string
  >
  const before = deadlineAtMs === null ? '' : `, before ${utc(deadlineAtMs)}`
  const why = `The intent ${id} was created. Next the maker has to give ${approvalWords(body.approval_type ?? null)}${before}.`
  return { ...judged, why, facts, follow: { kind: 'intentId', value: id } }
}
