import { formatUnits } from '../../../../shared/intent/amount.ts'
import { amountOfAsset, baseUnitsOf } from '../amounts.ts'
import { readEvmTransaction } from './evmTransaction.ts'
import { clawedBack, isNonceBody, type SignedBody } from './signedBody.ts'

/** Most deposits that are named one by one. */
const MOST_NAMED = 10

/** What a body asks for, in one sentence or two. */
export function inWords(body: SignedBody): string {
  return [actionWords(body), ...depositWords(body)].join(' ')
}

function actionWords(body: SignedBody): string {
  const { chainId, recipient, evmTransaction } = body
  const clawback = clawedBack(body)
  if (clawback !== null) return `Gives the transfer ${clawback} back to its first sender, chain ${chainId}.`
  if (recipient !== undefined)
    return `Credits the deposits to ${recipient.toLowerCase()} on chain ${chainId}.`
  const hash = readEvmTransaction(evmTransaction ?? '')?.hash ?? 'that cannot be read'
  return `Runs the transaction ${hash} on chain ${chainId}.`
}

function depositWords(body: SignedBody): string[] {
  const list = depositsOf(body)
  if (list.length === 0) return []
  const more = list.length > MOST_NAMED ? ` and ${list.length - MOST_NAMED} more` : ''
  return [`Spends ${list.slice(0, MOST_NAMED).join(', ')}${more}.`]
}

function depositsOf(body: SignedBody): string[] {
  if (isNonceBody(body))
    return body.deposits.map(({ sparkTransferId, amount, asset }) =>
      depositOf(sparkTransferId, amount, asset.type === 'btc' ? null : asset.tokenId),
    )
  return body.deposits.map(({ sparkTransferId, amount, asset, depositProof }) => {
    const told = depositOf(sparkTransferId, amount, asset.type === 'NATIVE_SATS' ? null : asset.tokenId)
    return depositProof.payloadBytes.length > 2 ? told : `${told} without a proof`
  })
}

function depositOf(transfer: string, amount: string, token: string | null): string {
  const { amountRaw, decimals } = amountOfAsset(baseUnitsOf(amount) ?? '0', token === null)
  const units = formatUnits(amountRaw, decimals)
  return token === null
    ? `${units} BTC of ${transfer}`
    : `${units} base units of token ${token} of ${transfer}`
}
