import { expect, it } from 'vitest'
import { intentIdOf } from './intentId.ts'
import type { ProofBody } from './signedBody.ts'

const BASE = { chainId: 21_022, signature: '3006020101020101', expiresAt: 1_893_456_000_000 }
const NO_PROOF = { payloadBytes: '0x', signature: '0x' }
const SATS = {
  sparkTransferId: 'a1b2c3d4e5f60718a1b2c3d4e5f60718',
  amount: '0x186a0',
  asset: { type: 'NATIVE_SATS' as const },
  depositProof: NO_PROOF,
}
const DEPOSIT: ProofBody = { ...BASE, deposits: [SATS], recipient: `0x${'01'.repeat(20)}` }

// The vectors of section 4.3 of the contract page.
it('identifies a deposit as the page does', () => {
  expect(intentIdOf(DEPOSIT)).toBe('95cdc5ddb9df920b8c8bbc72c60f529624f95aeab8e4e2595baae91dc19b14cb')
})

it('identifies a clawback as the page does', () => {
  const clawback = { sparkTxid: 'ff'.repeat(32) }
  expect(intentIdOf({ ...BASE, deposits: [], clawback })).toBe(
    '8fd23275b05439dacc35282c6ff44c8a95e092d619ba2191150324e4c173e97e',
  )
})

it('depends on the content alone, not on how long or by which proof it is good', () => {
  const again = { ...SATS, depositProof: { payloadBytes: '0xdead', signature: '0xbeef' } }
  expect(intentIdOf({ ...DEPOSIT, expiresAt: 1, deposits: [again] })).toBe(intentIdOf(DEPOSIT))
  const others: ProofBody[] = [
    { ...DEPOSIT, chainId: 21_023 },
    { ...DEPOSIT, deposits: [] },
    { ...DEPOSIT, deposits: [{ ...SATS, amount: '0x186a1' }] },
    { ...DEPOSIT, deposits: [{ ...SATS, asset: { type: 'SPARK_TOKEN', tokenId: `0x${'00'.repeat(32)}` } }] },
  ]
  expect(new Set([DEPOSIT, ...others].map(intentIdOf)).size).toBe(5)
})
