import { expect, it } from 'vitest'
import { readPsbt } from './psbt.ts'

/** The first valid vector of BIP 174: one input, two outputs. */
const VECTOR =
  '70736274ff0100750200000001268171371edff285e937adeea4b37b78000c0566cbb3ad64641713ca42171bf60000000000feffffff02d3dff505000000001976a914d0c59903c5bac2868760e90fd521a4665aa7652088ac00e1f5050000000017a9143545e6e33b832c47050f24d3eeb93c9c03948bc787b32e1300'
const BYTES = Buffer.from(VECTOR, 'hex')

it('reads what is spent and what is paid', () => {
  expect(readPsbt(BYTES.toString('base64'))).toEqual({
    inputs: ['f61b1742ca13176464adb3cb66050c00787bb3a4eead37e985f2df1e37718126:0'],
    outputs: [
      { sats: '99999699', script: '76a914d0c59903c5bac2868760e90fd521a4665aa7652088ac' },
      { sats: '100000000', script: 'a9143545e6e33b832c47050f24d3eeb93c9c03948bc787' },
    ],
  })
})

it('reads nothing of what is no such transaction, however it is broken', () => {
  for (let length = 0; length < BYTES.length; length += 1)
    expect(readPsbt(BYTES.subarray(0, length).toString('base64'))).toBeNull()
  expect(readPsbt('cHNidP////8=')).toBeNull()
  expect(readPsbt('not base64 at all')).toBeNull()
})
