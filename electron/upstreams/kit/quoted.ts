import { formatAmount, isAmountText, type Amount } from '../../../shared/intent/amount.ts'
import type { Answered, Judgement } from '../command.ts'
import { advised } from './advice.ts'
import { bodyOf, judgeByStatus } from './judgement.ts'
import { ONEINCH_ADVICE } from './oneinchAdvice.ts'
import { isJsonObject } from './shape.ts'
import { digitsOf } from './wireValues.ts'

/** What a quoter offers for the amount that was asked about, base units of the destination token. */
interface Offer {
  /** Name of the recommended form of the auction. */
  preset: string
  /** At the auction's start. */
  most: string
  /** At its end. */
  least: string
}

/** What the answer of a quoter means: taken with a comparison in words, where it can be compared with what an order asks for. */
export function judgeQuote(answer: Answered, presetField: string, asked: Amount | null): Judgement {
  const judged = advised(judgeByStatus(answer), answer, ONEINCH_ADVICE)
  if (judged.outcome !== 'accepted') return judged
  const offer = offerIn(answer, presetField)
  if (offer === null)
    return { ...judged, why: 'The answer cannot be compared: it names no recommended preset with amounts.' }
  const facts = {
    'quoted at most': offer.most,
    'quoted at least': offer.least,
    'quoted preset': offer.preset,
  }
  return { ...judged, facts, why: comparedWords(offer, asked) }
}

/** What is offered now beside the least that an order asks for, one or two sentences. */
function comparedWords({ preset, most, least }: Offer, asked: Amount | null): string {
  if (asked === null || !isAmountText(asked.amountRaw))
    return `Offered now: ${least} to ${most} base units (preset ${preset}); what the order asks for is not known.`
  const words = (amountRaw: string): string => {
    const { text, unit } = formatAmount({ ...asked, amountRaw })
    return `${text} ${unit}`.trim()
  }
  return `Offered now: ${words(least)} to ${words(most)} (preset ${preset}). The order asks for at least ${words(asked.amountRaw)}, ${place(BigInt(asked.amountRaw), BigInt(least), BigInt(most))}`
}

function place(asked: bigint, least: bigint, most: bigint): string {
  if (asked > most)
    return `${percent(asked - most, most)} more than the best: no resolver gains by filling it.`
  if (asked < least) return `${percent(least - asked, least)} less than the least.`
  return 'which lies within.'
}

/** A share in percent, cut after two places: exact where amounts are too large for a number. */
function percent(part: bigint, whole: bigint): string {
  if (whole === 0n) return 'infinitely'
  const hundredths = (part * 10_000n) / whole
  const fraction = String(hundredths % 100n).padStart(2, '0')
  return hundredths === 0n ? 'less than 0.01 %' : `${hundredths / 100n}.${fraction} %`
}

function offerIn(answer: Answered, presetField: string): Offer | null {
  const body = bodyOf(answer)
  const preset = body?.[presetField]
  const presets = body?.['presets']
  if (typeof preset !== 'string' || !isJsonObject(presets)) return null
  const recommended = presets[preset]
  if (!isJsonObject(recommended)) return null
  const most = digitsOf(recommended['auctionStartAmount'])
  const least = digitsOf(recommended['auctionEndAmount'])
  return most !== null && least !== null && isAmountText(most) && isAmountText(least)
    ? { preset, most, least }
    : null
}
