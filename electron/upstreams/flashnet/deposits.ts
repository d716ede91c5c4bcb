import type { Fact } from '../../../shared/intent/fact.ts'
import { isJsonObject, isSaid, kindOf, shapeBy, under, wrongRoot } from '../kit/shape.ts'
import { baseUnitsOf } from './amounts.ts'
import { depositEntry } from './wire.ts'

/** Most deposits of one submission that are read; nobody documents a bound. */
const MOST_DEPOSITS = 100

/** How both generations name bitcoin. */
const SATS = new Set(['BTC', 'NATIVE_SATS'])

/** Fields of one deposit, as parts of an intent keep them. */
export interface DepositFields extends Record<string, string> {
  transferId: string
  /** `sats`, or the id of a token, verbatim; empty when not said. */
  asset: string
  /** Base units in decimal digits; empty when not said. */
  amount: string
  /** `proven`, `no proof`, or empty where the generation has none. */
  proof: string
}

/** Deposits by their place in a list, and what of it could not be read. */
export function depositsOf(list: unknown): { deposits: Record<string, DepositFields>; problems: Fact[] } {
  const deposits: Record<string, DepositFields> = {}
  const problems: Fact[] = []
  if (!isSaid(list)) return { deposits, problems }
  if (!Array.isArray(list)) {
    const reason = `Expected a list, found ${kindOf(list)}.`
    return { deposits, problems: [{ about: 'quarantine', path: '$.deposits', reason }] }
  }
  for (const [at, entry] of list.slice(0, MOST_DEPOSITS).entries()) {
    const { value, problems: wrong } = isJsonObject(entry)
      ? shapeBy(depositEntry, entry, ['sparkTransferId'])
      : { value: null, problems: [wrongRoot(entry)] }
    problems.push(...under(`deposits[${at}]`, wrong))
    if (value === null) continue
    const type = value.asset?.type.toUpperCase() ?? ''
    deposits[String(at)] = {
      transferId: value.sparkTransferId,
      asset: SATS.has(type) ? 'sats' : (value.asset?.tokenId ?? type),
      amount: baseUnitsOf(value.amount) ?? '',
      proof: proofOf(value.depositProof),
    }
  }
  return { deposits, problems }
}

function proofOf(proof: { payloadBytes?: string | null | undefined } | null | undefined): string {
  if (!isSaid(proof)) return ''
  return isSaid(proof.payloadBytes) && proof.payloadBytes !== '0x' ? 'proven' : 'no proof'
}
