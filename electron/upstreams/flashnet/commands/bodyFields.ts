import { LosslessNumber } from 'lossless-json'
import { isNonceBody, type SignedBody } from './signedBody.ts'

/** The fields of a body as they are sent, in the order of the page; amounts of the first generation are JSON numbers, exact. */
export function bodyFields(body: SignedBody): object {
  const { chainId, signature, expiresAt } = body
  const action = actionOf(body)
  if (!isNonceBody(body)) return { chainId, deposits: body.deposits, ...action, signature, expiresAt }
  const deposits = body.deposits.map(({ sparkTransferId, asset, amount }) => ({
    sparkTransferId,
    amount: new LosslessNumber(amount),
    asset,
  }))
  return { chainId, deposits, ...action, signature, nonce: body.nonce, expiresAt }
}

function actionOf(body: SignedBody): object {
  const { recipient, evmTransaction } = body
  if (recipient !== undefined) return { recipient }
  return evmTransaction !== undefined || isNonceBody(body) ? { evmTransaction } : { clawback: body.clawback }
}
