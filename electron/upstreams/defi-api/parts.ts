import type { Parts } from '../../../shared/intent/fact.ts'
import { exactText } from '../kit/exactJson.ts'
import { isJsonObject, isSaid } from '../kit/shape.ts'
import { instantOf } from '../kit/wireValues.ts'
import { amountOf, type Ends, type Names } from './ends.ts'
import { textOfId, type Progress } from './progress.ts'
import type { IntentBody } from './wire.ts'

/** What the panels of an intent are made of. */
export interface Told {
  body: IntentBody
  ends: Ends
  names: Names
  progress: Progress
}

/** Longest text of what has to be signed that is kept with the intent, characters; the journal has the whole. */
const LONGEST_TO_SIGN = 20_000

/** The parts that an answer teaches: `approval`, `swap` and `quote`, one thing each. Instants are epoch milliseconds. */
export function partsOf({ body, ends, names, progress }: Told): Parts {
  const { quote, swap_metadata: swap } = body
  const most = amountOf(ends.destination, ends.destination.most, names.to)
  const parts: Parts = {}
  put(parts, 'approval', {
    kind: body.approval_type ?? body.approval_mechanism,
    approveTo: body.approve_to,
    secretHash: body.secret_hash,
    toSign: toSignText(body),
  })
  put(parts, 'swap', {
    id: textOfId(swap?.id),
    proxyAddress: swap?.proxy_address,
    depositTx: progress.depositTx,
    payoutTx: progress.payoutTx,
    swapTx: progress.swapTx,
    createdAtMs: progress.createdAtMs,
    depositedAtMs: progress.depositedAtMs,
    fulfilledAtMs: progress.fulfilledAtMs,
    swappedAtMs: progress.swappedAtMs,
    refundedAtMs: progress.refundedAtMs,
  })
  put(parts, 'quote', {
    id: textOfId(quote?.id),
    slippageBps: quote?.slippage_bps,
    mostRaw: most?.amountRaw,
    expiresAtMs: instantOf(quote?.expires_at),
  })
  return parts
}

/** The JSON of what the wallet has to sign, digits exact; null when it is not said or too long to be kept. */
function toSignText({ params_to_sign: params }: IntentBody): string | null {
  if (!isJsonObject(params)) return null
  const text = exactText(params)
  return text.length > LONGEST_TO_SIGN ? null : text
}

function put(parts: Parts, kind: string, fields: Record<string, string | number | null | undefined>): void {
  const said = Object.entries(fields).filter(([, value]) => isSaid(value) && value !== '')
  if (said.length === 0) return
  parts[kind] = { [kind]: Object.fromEntries(said.map(([field, value]) => [field, String(value)])) }
}
