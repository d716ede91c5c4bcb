import { isJsonObject, isSaid, shapeBy } from '../kit/shape.ts'
import { creationBody, type IntentBody } from './wire.ts'

/** The answer to a creation with what only the request said: its ends, the refund address and the quote. What the answer says holds. */
export function withRequest(answer: IntentBody, asked: unknown): IntentBody {
  const request = isJsonObject(asked) ? shapeBy(creationBody, asked, []).value : null
  if (request === null) return answer
  const { from, to, amount, quote_id: id, slippage_bps } = request
  return {
    from_network_id: from?.from_network_id,
    from_token: from?.from_token,
    to_network_id: to?.to_network_id,
    to_token: to?.to_token,
    refund_address: request.refund_address ?? from?.refund_address,
    ...said(answer),
    from: { address: from?.from_address ?? from?.address, amount, ...said(answer.from ?? {}) },
    to: { address: to?.to_address ?? to?.address, ...said(answer.to ?? {}) },
    quote: { id, slippage_bps, ...said(answer.quote ?? {}) },
  }
}

function said<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isSaid(value))) as Partial<T>
}
