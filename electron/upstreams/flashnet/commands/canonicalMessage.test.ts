import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { canonicalMessage } from './canonicalMessage.ts'

const BASE = { chainId: 21_022, signature: '3006020101020101', expiresAt: 1_893_456_000_000 }

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

it('is the vector of the second generation, byte for byte', () => {
  const message = canonicalMessage({
    ...BASE,
    recipient: '0xABC',
    deposits: [
      {
        sparkTransferId: 'transfer-1',
        amount: '0x3e8',
        asset: { type: 'NATIVE_SATS' },
        depositProof: { payloadBytes: '0x', signature: '0x' },
      },
      {
        sparkTransferId: 'transfer-2',
        amount: '0x9c4',
        asset: { type: 'SPARK_TOKEN', tokenId: `0x${'0'.repeat(63)}1` },
        depositProof: { payloadBytes: '0xdeadbeef', signature: `0x${'ab'.repeat(64)}` },
      },
    ],
  })
  expect(message).toHaveLength(580)
  expect(sha256(message)).toBe('36198fa2cc7b8467f656bbcfb3087e456c08c95c3c8bc1a5127a190cf84991ac')
})

it('is the vector of the first generation, byte for byte', () => {
  const message = canonicalMessage({
    ...BASE,
    recipient: '0xabc',
    nonce: 'nonce-xyz',
    deposits: [
      { sparkTransferId: 'transfer-1', amount: '1000', asset: { type: 'btc' } },
      { sparkTransferId: 'transfer-2', amount: '2500', asset: { type: 'token', tokenId: 'btkn1foo' } },
    ],
  })
  expect(message).toHaveLength(288)
  expect(sha256(message)).toBe('ec5db0b25fc25bc60324ecaa5c884854bd66493e95133e4bfbce0e6ac14e8360')
})

it('writes amounts beyond 2^53 as whole numbers, without losing a digit', () => {
  const message = canonicalMessage({
    ...BASE,
    recipient: '0xabc',
    nonce: 'n',
    deposits: [{ sparkTransferId: 't', amount: '18446744073709551615', asset: { type: 'btc' } }],
  })
  expect(message).toContain('"amountSats":18446744073709551615,')
})

it('writes the id of a clawback as bytes in decimal', () => {
  const clawback = (sparkTxid: string): string =>
    canonicalMessage({ ...BASE, deposits: [], clawback: { sparkTxid } })
  expect(clawback('ff00'.repeat(8))).toBe(
    `{"chainId":21022,"transfers":[],"action":{"type":"clawback","sparkTxid":{"Bitcoin":[${'255,0,'.repeat(8).slice(0, -1)}]}},"expiresAt":1893456000000}`,
  )
  expect(clawback('01'.repeat(32))).toContain(`"sparkTxid":{"Token":[${'1,'.repeat(32).slice(0, -1)}]}`)
})
