import type { Condition, Given, Verdict } from '../../command.ts'
import { isJsonObject, isSaid, shapeBy } from '../../kit/shape.ts'
import { met, unknown, unmet, utc } from '../../kit/verdict.ts'
import { instantOf } from '../../kit/wireValues.ts'
import type { DefiSettings } from '../index.ts'
import { amountOf, endsOf, lotsFrom, type Ends } from '../ends.ts'
import { textOfId } from '../progress.ts'
import { intentBody, quoteBody, type QuoteBody } from '../wire.ts'
import { addressProblem } from './addresses.ts'
import type { CreateInput } from './createIntent.ts'

type Check = Condition<Given<CreateInput, DefiSettings>>

const NOT_GIVEN = 'The answer of the quote was not given, or cannot be read, so this cannot be checked.'

/** A quote is a price until an instant; the page does not say how long that is. */
export const quoteHolds: Check = {
  name: 'quote still holds',
  check: ({ input, nowMs }) => {
    const quote = quoteOf(input)
    if (quote === null) return unknown(NOT_GIVEN)
    const id = textOfId(quote.id)
    if (id !== input.quote_id) return unmet(`The answer given is that of the quote ${id ?? 'without an id'}.`)
    const atMs = instantOf(quote.expires_at)
    if (atMs === null) return unknown('The quote does not say until when it holds.')
    return nowMs < atMs
      ? met(`It holds until ${utc(atMs)}.`)
      : unmet(`It held until ${utc(atMs)}; read a new one.`)
  },
}

/** What is created has to be what was quoted. */
export const asQuoted: Check = {
  name: 'tokens and amount as quoted',
  check: ({ input }) => {
    const quoted = quotedEnds(input)
    if (quoted === null) return unknown(NOT_GIVEN)
    const { from, to, amount } = input
    const asked = [
      differs('source network', from.from_network_id, quoted.source.network),
      differs('source token', from.from_token, quoted.source.token),
      differs('destination network', to.to_network_id, quoted.destination.network),
      differs('destination token', to.to_token, quoted.destination.token),
    ].filter((sentence) => sentence !== null)
    if (asked.length > 0) return unmet(asked.join(' '))
    return amount === undefined
      ? met('Tokens and amount are those of the quote.')
      : amountVerdict(amount, quoted)
  },
}

/** Addresses are final once the intent exists, and each network writes them in its own form. */
export const addressesFit: Check = {
  name: 'addresses fit their networks',
  check: ({ input }) => {
    const quoted = quotedEnds(input)
    const { from, to, refund_address: refund } = input
    const source = from.from_network_id ?? quoted?.source.network ?? null
    const destination = to.to_network_id ?? quoted?.destination.network ?? null
    const named = [
      { what: 'The source address', address: from.from_address ?? from.address, network: source },
      { what: 'The refund address', address: refund ?? from.refund_address, network: source },
      { what: 'The destination address', address: to.to_address ?? to.address, network: destination },
    ]
    const problems = named.map(({ what, address, network }) => addressProblem(what, address ?? '', network))
    const wrong = problems.filter((problem) => problem?.state === 'unmet')
    const open = problems.filter((problem) => problem?.state === 'unknown')
    const [first] = [...wrong, ...open]
    return first ?? met()
  },
}

function quoteOf({ quote }: CreateInput): QuoteBody | null {
  return quote === undefined ? null : shapeBy(quoteBody, quote, []).value
}

/** Both ends of the quote, whether it names them flat [S] or each as an object [G3]. */
function quotedEnds(input: CreateInput): Ends | null {
  const quote = quoteOf(input)
  if (quote === null || input.quote === undefined) return null
  const { from, to } = input.quote
  const nested = { ...(isJsonObject(from) ? { from } : {}), ...(isJsonObject(to) ? { to } : {}) }
  return endsOf({ ...shapeBy(intentBody, nested, []).value, quote })
}

function amountVerdict(amount: string, { source }: Ends): Verdict {
  const quoted = amountOf(source, source.amount, null)
  if (quoted === null) return unknown('The quote does not say the amount in a form that is known here.')
  const lots = lotsFrom(amount, quoted.decimals)
  if (lots === null)
    return unknown('How many decimals the token has is not known, so amounts cannot be compared.')
  return lots === quoted.amountRaw
    ? met()
    : unmet(`The amount is ${lots} base units, and ${quoted.amountRaw} were quoted.`)
}

/** A sentence where two things that are both known are not the same. */
function differs(
  what: string,
  asked: number | string | undefined,
  quoted: number | string | null,
): string | null {
  if (!isSaid(asked) || quoted === null) return null
  if (String(asked).toLowerCase() === String(quoted).toLowerCase()) return null
  return `The ${what} is ${asked}, and ${quoted} was quoted.`
}
