import { describe, expect, it } from 'vitest'
import { ID } from '../../../../test/fusionFacts.ts'
import {
  about,
  ARBITRUM,
  awaitingLock,
  given,
  inShort,
  intentWith,
  MIDNIGHT,
  NOW_MS,
  problems,
  standing,
} from '../../../../test/fusionCommand.ts'
import { getDomain } from './getDomain.ts'
import { getNonce } from './getNonce.ts'
import { readMidnightBalance } from './readMidnightBalance.ts'
import { readPermit2Params } from './readPermit2Params.ts'

const KEY = 'ab'.repeat(32)
const MAKER = `0x${'cd'.repeat(20)}`

describe('Permit2 parameters', () => {
  it('are a command that changes something, open until the deadline, to the second', async () => {
    expect(readPermit2Params.effect).toBe('changes')
    const intent = awaitingLock(ARBITRUM)
    expect(await standing(readPermit2Params, about(intent, NOW_MS + 59_000))).toEqual({})
    expect(Object.keys(await standing(readPermit2Params, about(intent, NOW_MS + 60_000)))).toEqual([
      'intent deadline ahead',
    ])
  })

  it('exist on EVM chains only', async () => {
    const midnight = await standing(readPermit2Params, about(awaitingLock(MIDNIGHT)))
    expect(midnight['source on an EVM chain']).toBe(
      'unmet: The source is on Midnight Preprod, which has no Permit2.',
    )
    const foreign = await standing(readPermit2Params, about(awaitingLock(5)))
    expect(foreign['source on an EVM chain']).toMatch(/^unknown: .*chain 5/)
  })

  it('are asked for once, by this very request, and keep the nonce', () => {
    const filledIn = given(readPermit2Params, {}, awaitingLock(ARBITRUM))
    const url = `http://127.0.0.1:3001/api/intents/${ID}/permit2-params`
    expect(inShort(readPermit2Params.request(filledIn))).toEqual(['GET', url, null])
    const answer = { httpStatus: 200, text: '{"nonce":"7"}', atMs: NOW_MS }
    expect(readPermit2Params.judge(answer, filledIn).facts).toEqual({ permit2Nonce: '7' })
  })
})

describe('readings', () => {
  it('ask for exactly these bytes', () => {
    const balance = given(readMidnightBalance, { address: KEY })
    expect(inShort(readMidnightBalance.request(balance))).toEqual([
      'GET',
      `http://127.0.0.1:3001/api/midnight/balance?address=${KEY}`,
      null,
    ])
    const nonce = given(getNonce, { chainId: '421614', address: MAKER })
    expect(inShort(getNonce.request(nonce))).toEqual([
      'POST',
      'http://127.0.0.1:3001/api/intents/get-nonce',
      `{"address":"${MAKER}","chainId":421614}`,
    ])
    const domain = given(getDomain, { chainId: 84_532 })
    expect(inShort(getDomain.request(domain))).toEqual([
      'POST',
      'http://127.0.0.1:3001/api/intents/get-domain',
      '{"chainId":84532}',
    ])
  })

  it('change nothing, and need no intent', () => {
    for (const { effect, isIntentNeeded, trace } of [readMidnightBalance, getNonce, getDomain])
      expect([effect, isIntentNeeded, trace]).toEqual(['reads', false, null])
  })

  it('begin with what is known of the intent', () => {
    const onMidnight = intentWith({ maker: KEY, source: { chainId: MIDNIGHT, token: null, amount: null } })
    expect(readMidnightBalance.fields[0]?.prefill?.(onMidnight)).toBe(KEY)
    expect(readMidnightBalance.fields[0]?.prefill?.(awaitingLock(ARBITRUM, { maker: MAKER }))).toBeNull()
    expect(getNonce.fields.map(({ prefill }) => prefill?.(onMidnight))).toEqual([KEY, '2147483647'])
  })

  it('answer bad input in words', () => {
    expect(problems(readMidnightBalance, { address: 'mn_shield-addr1qq' })).toEqual([
      'address: has to be a canonical Midnight address: 64 hex digits, not the form that begins with “mn_”',
    ])
    expect(problems(getNonce, { address: MAKER, chainId: 'arbitrum' })).toEqual([
      'chainId: has to be a chain id in digits',
    ])
    expect(problems(getDomain, { chainId: 0 })).toEqual(['chainId: has to be above 0'])
  })
})
