import { LosslessNumber } from 'lossless-json'
import { exactText } from '../../kit/exactJson.ts'
import { readEvmTransaction } from './evmTransaction.ts'
import { isNonceBody, type NonceBody, type ProofBody, type SignedBody } from './signedBody.ts'

// Validators check a signature over the very bytes of this text, so that the order of its keys matters. Sources: [R]
// github.com/flashnetxyz/ts-sdk src/execution/types.ts and client.ts (29ad8ef) for the second generation, f786aaf for the first.

/** What was signed, as the text whose SHA-256 the signature is over: compact JSON, its keys in the documented order. */
export function canonicalMessage(body: SignedBody): string {
  return isNonceBody(body) ? nonceMessage(body) : proofMessage(body)
}

function nonceMessage({ chainId, deposits, nonce, expiresAt, ...body }: NonceBody): string {
  const transfers = deposits.map(({ sparkTransferId, amount, asset }) => ({
    transferId: sparkTransferId,
    amountSats: new LosslessNumber(amount),
    assetType: asset.type === 'btc' ? 'NativeSats' : 'SparkToken',
    ...(asset.type === 'btc' ? {} : { tokenId: asset.tokenId }),
  }))
  return exactText({ chainId, transfers, action: actionOf(body), nonce, expiresAt })
}

function proofMessage({ chainId, deposits, clawback, expiresAt, ...body }: ProofBody): string {
  const transfers = deposits.map(({ sparkTransferId, amount, asset, depositProof }) => ({
    transferId: sparkTransferId,
    amount,
    asset: asset.type === 'NATIVE_SATS' ? { type: asset.type } : { type: asset.type, tokenId: asset.tokenId },
    depositProof: { payloadBytes: depositProof.payloadBytes, signature: depositProof.signature },
  }))
  const action = clawback === undefined ? actionOf(body) : clawbackOf(clawback.sparkTxid)
  return exactText({ chainId, transfers, action, expiresAt })
}

function actionOf({ recipient, evmTransaction }: Pick<SignedBody, 'recipient' | 'evmTransaction'>): object {
  if (recipient !== undefined) return { type: 'deposit', recipient: recipient.toLowerCase() }
  return { type: 'execute', signedTxHash: readEvmTransaction(evmTransaction ?? '')?.hash }
}

/** Only here the id stands as bytes in decimal; in the body it is hex. */
function clawbackOf(sparkTxid: string): object {
  const bytes = [...Buffer.from(sparkTxid, 'hex')]
  return { type: 'clawback', sparkTxid: bytes.length === 16 ? { Bitcoin: bytes } : { Token: bytes } }
}
