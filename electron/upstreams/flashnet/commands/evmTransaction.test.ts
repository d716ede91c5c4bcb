import { keccak256 } from 'viem'
import { expect, it } from 'vitest'
import { flashnetWallet } from '../../../../test/flashnetWallet.ts'
import { readEvmTransaction } from './evmTransaction.ts'

const wallet = flashnetWallet('7c'.repeat(32))

it('names signer, chain, hash and fees of a signed transaction, with or without 0x', async () => {
  const raw = await wallet.evmTransaction()
  const read = { signer: wallet.address, chainId: 21_022, hash: keccak256(raw), paysFees: false }
  expect(readEvmTransaction(raw)).toEqual(read)
  expect(readEvmTransaction(raw.slice(2).toUpperCase())).toEqual(read)
  expect(readEvmTransaction(await wallet.evmTransaction(21_022, 1n))).toMatchObject({ paysFees: true })
})

it.each(['', '0x', '0x02', `0x02${'ff'.repeat(40)}`, `0xf8${'01'.repeat(60)}`, 'no hex'])(
  'reads %s as none',
  (raw) => {
    expect(readEvmTransaction(raw)).toBeNull()
  },
)
