import { z } from 'zod'
import { Failure } from '../../../shared/api/failure.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import { mainIdOf } from '../../../shared/intent/mainId.ts'
import type { About, Command, Condition } from '../command.ts'
import { judgeQuote } from './quoted.ts'
import { bearerGet } from './sendWithBearer.ts'
import { met, ofIntent, unmet } from './verdict.ts'

/** What a quote is asked for. */
interface Swap {
  maker: string
  sell: string
  buy: string
  /** Base units of what is sold. */
  amountRaw: string
}

/** What the quoter of one system has its own way of. */
interface Quoter<Settings> {
  /** What has to hold beside a swap that is known whole. */
  preconditions: readonly Condition<About<Settings>>[]
  /** Where it is asked, but for the query. */
  url: (known: About<Settings>) => string
  /** How a swap is asked about; fails with `usage` where more would have to be known. */
  query: (swap: Swap, known: About<Settings>) => Record<string, string>
  /** The field of the answer that names the recommended preset. */
  presetField: string
}

const input = z.strictObject({})

/** Asks what is offered now for what an order swaps. */
export function quoteCommand<Settings>(quoter: Quoter<Settings>): Command<z.infer<typeof input>, Settings> {
  return {
    name: 'quote',
    words: 'Quote',
    effect: 'reads',
    kind: 'quote',
    isIntentNeeded: true,
    movesMoney: false,
    fields: [],
    input,
    preconditions: [...quoter.preconditions, swapKnown],
    checks: [],
    subject: ({ intent }) => (intent === null ? '' : mainIdOf(intent)),
    request: (known) => {
      const query = new URLSearchParams(quoter.query(swapOf(known.intent), known))
      return bearerGet(`${quoter.url(known)}?${query.toString()}`)
    },
    expected:
      'The quoter answers with what resolvers would be offered now, to compare with what the order asks for.',
    repeats: 'It can be asked as often as the key’s rate limit allows; each answer is a new quote.',
    warning: '',
    judge: (answer, { intent }) => judgeQuote(answer, quoter.presetField, intent?.destination.amount ?? null),
    isAnswerShownWhole: true,
    trace: null,
  }
}

/** A quote is for the intent's own tokens and amount. */
const swapKnown = ofIntent('tokens and amount known', ({ intent }) =>
  knownSwap(intent) === null
    ? unmet('The maker, both tokens and the amount have to be known; read the intent again.')
    : met(),
)

function swapOf(intent: Intent | null): Swap {
  const swap = intent === null ? null : knownSwap(intent)
  if (swap !== null) return swap
  throw new Failure(
    'usage',
    'There is nothing to ask a quote for: the tokens and the amount are not known.',
    {
      tip: 'Name an intent that was read, with its maker, both tokens and its amount.',
    },
  )
}

function knownSwap({ maker, source, destination }: Intent): Swap | null {
  const amountRaw = source.amount?.amountRaw ?? null
  return maker === null || source.token === null || destination.token === null || amountRaw === null
    ? null
    : { maker, sell: source.token, buy: destination.token, amountRaw }
}
