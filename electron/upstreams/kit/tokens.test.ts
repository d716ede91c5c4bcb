import { describe, expect, it } from 'vitest'
import { MAINNET_TOKENS } from './mainnetTokens.ts'
import { amountOf, ETH, listedIn, USDC } from './tokens.ts'

const USDC_ON_ETHEREUM = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48'
const USDC_ON_SOLANA = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'
const NATIVE = `0x${'Ee'.repeat(20)}`

describe('a list of tokens', () => {
  it.each([
    { what: 'hex in any case', chain: 1, token: USDC_ON_ETHEREUM, listed: USDC },
    { what: 'hex of another chain', chain: 10, token: USDC_ON_ETHEREUM, listed: null },
    { what: 'what stands for the native asset', chain: 1, token: NATIVE, listed: ETH },
    { what: 'the same where none is known', chain: 999, token: NATIVE, listed: null },
    { what: 'base58 as it is', chain: 501, token: USDC_ON_SOLANA, listed: USDC },
    { what: 'base58 in another case', chain: 501, token: USDC_ON_SOLANA.toLowerCase(), listed: null },
    { what: 'a name that every object has', chain: 1, token: 'constructor', listed: null },
    { what: 'a token of no chain', chain: null, token: USDC_ON_ETHEREUM, listed: null },
    { what: 'no token', chain: 1, token: null, listed: null },
  ])('reads $what', ({ chain, token, listed }) => {
    expect(listedIn(MAINNET_TOKENS, chain, token)).toEqual(listed)
  })

  it('is written in the case in which it is searched', () => {
    const addresses = Object.values(MAINNET_TOKENS.byAddress).flatMap((tokens) => Object.keys(tokens))
    expect(addresses.filter((address) => /^0x.*[A-F]/.test(address))).toEqual([])
  })

  it('gives an amount its decimals, and says where they are from', () => {
    expect(amountOf('5', USDC)).toEqual({
      amountRaw: '5',
      decimals: 6,
      decimalsOrigin: 'list',
      symbol: 'USDC',
    })
    expect(amountOf('5', null)).toMatchObject({ decimals: null, decimalsOrigin: 'unknown' })
  })
})
