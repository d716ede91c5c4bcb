import { expect, it } from 'vitest'
import { givenTo, notMet, wrongs } from '../../../../test/defiGiven.ts'
import { quote } from './quote.ts'

const FLAT = {
  from: { from_network_id: 1, from_token: '0xA0b8' },
  to: { to_network_id: 4, to_token: 'EPjF' },
  amount: '0.000000000000000001',
  slippage_bps: '50',
}
const NESTED = {
  from: { token_id: '101' },
  to: { network_id: 4, contract_address: 'EPjF' },
  amount: '100.50',
}

it('asks the generation `execution` with an exact number, keys in order', () => {
  const { method, url, body, secretHeaders } = quote.request(givenTo(quote, FLAT))
  expect([method, url, secretHeaders]).toEqual(['POST', 'https://defi.example/v1/quotes', ['x-api-key']])
  expect(body).toBe(
    '{"amount":0.000000000000000001,"from":{"from_network_id":1,"from_token":"0xA0b8"},"slippage_bps":"50","to":{"to_network_id":4,"to_token":"EPjF"}}',
  )
})

it('asks the generation `signed` with a text, at a path that ends with a slash', () => {
  const { url, body, secretHeaders } = quote.request(givenTo(quote, NESTED, { generation: 'signed' }))
  expect(url).toBe('https://defi.example/v1/quotes/')
  expect(body).toBe(
    '{"amount":"100.50","from":{"token_id":"101"},"to":{"contract_address":"EPjF","network_id":4}}',
  )
  expect(secretHeaders).toEqual(['x-api-key', 'x-api-signature', 'x-api-timestamp', 'x-api-nonce'])
})

it('asks the generation `affiliate` at a path of its own, and says that its body is not documented', async () => {
  const given = givenTo(quote, FLAT, { generation: 'affiliate' })
  expect(quote.request(given).url).toBe('https://defi.example/affiliate/v1/quotes/best')
  expect(await notMet(quote, given)).toEqual({
    'request documented: unknown': expect.stringContaining('is cut before the body') as string,
  })
  expect(await notMet(quote, givenTo(quote, FLAT))).toEqual({})
})

it('takes what a form gives as text', () => {
  const typed = { ...FLAT, from: JSON.stringify(FLAT.from), to: JSON.stringify(FLAT.to) }
  expect(quote.request(givenTo(quote, typed))).toEqual(quote.request(givenTo(quote, FLAT)))
})

it.each([
  ['an amount that is none', { ...FLAT, amount: '1e3' }, 'amount has to be an amount in whole tokens'],
  ['nothing', { ...FLAT, amount: '0.0' }, 'amount has to be an amount in whole tokens'],
  ['a number that lost its digits', { ...FLAT, amount: 1e22 }, 'amount has to be an amount in whole tokens'],
  ['a key that nobody knows', { ...FLAT, recipient: '0x' }, 'Unrecognized key: "recipient"'],
  ['an end that is no JSON', { ...FLAT, from: 'USDC' }, 'from has to be JSON'],
  ['too much slippage', { ...FLAT, slippage_bps: '10001' }, 'slippage_bps has to be basis points'],
  ['no slippage', { ...FLAT, slippage_bps: undefined }, 'the whole holds from, to, amount; here it takes'],
  [
    'fields of another generation',
    { ...FLAT, ...NESTED },
    'to holds network_id, contract_address; here it takes',
  ],
])('answers bad input in words: %s', (_, input, sentence) => {
  expect(wrongs(quote, input).join()).toContain(sentence)
})
