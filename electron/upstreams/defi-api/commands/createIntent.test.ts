import { describe, expect, it } from 'vitest'
import { givenTo, notMet, wrongs } from '../../../../test/defiGiven.ts'
import { ASKED, CREATED } from '../../../../test/defiPermit.ts'
import { createIntent } from './createIntent.ts'

const EXPIRES_AT_MS = 1_795_273_500_000

/** The answer of a quote that fits; base units as numbers [S]. */
const QUOTE = {
  id: ASKED.quote_id,
  from: {
    from_network_id: 1,
    from_token: ASKED.from.from_token,
    from_amount_lots: 100_500_000,
    from_amount_decimals: 6,
  },
  to: { to_network_id: 4, to_token: ASKED.to.to_token, to_min_amount_lots: 99, to_max_amount_lots: 100 },
  expires_at: EXPIRES_AT_MS,
}
const NESTED = {
  quote_id: 'q-0a1b2c3d',
  from: { address: ASKED.from.from_address, refund_address: ASKED.refund_address },
  to: { address: ASKED.to.to_address },
}

const before = { nowMs: EXPIRES_AT_MS - 1_000 }

function judge(httpStatus: number, body: object) {
  const answer = { httpStatus, text: JSON.stringify(body), atMs: 0 }
  return createIntent.judge(answer, givenTo(createIntent, ASKED))
}

describe('the request', () => {
  it('is the body of the page for `execution`, keys in order and the amount an exact number', () => {
    const { url, body } = createIntent.request(
      givenTo(createIntent, { ...ASKED, quote: QUOTE, amount: '100.50' }),
    )
    expect(url).toBe('https://defi.example/v1/intents')
    expect(body).toBe(
      `{"amount":100.50,"from":{"from_address":"${ASKED.from.from_address}","from_network_id":1,"from_token":"${ASKED.from.from_token}"},"quote_id":"q-0a1b2c3d","refund_address":"${ASKED.refund_address}","slippage_bps":"50","to":{"to_address":"${ASKED.to.to_address}","to_network_id":4,"to_token":"${ASKED.to.to_token}"}}`,
    )
  })

  it('is another for `signed`, whose path ends with a slash', () => {
    const { url, body } = createIntent.request(givenTo(createIntent, NESTED, { generation: 'signed' }))
    expect(url).toBe('https://defi.example/v1/intents/')
    expect(body).toBe(
      `{"from":{"address":"${ASKED.from.from_address}","refund_address":"${ASKED.refund_address}"},"quote_id":"q-0a1b2c3d","to":{"address":"${ASKED.to.to_address}"}}`,
    )
  })

  it('is about the quote, since the intent has no id yet', () => {
    expect(createIntent.subject(givenTo(createIntent, ASKED))).toBe('q-0a1b2c3d')
    expect(createIntent.trace).toBeNull()
  })

  it.each([
    { what: 'no quote', input: { ...ASKED, quote_id: '' }, sentence: 'quote_id must not be empty' },
    { what: 'a key too many', input: { ...ASKED, memo: 'x' }, sentence: 'Unrecognized key: "memo"' },
    {
      what: 'no refund address',
      input: { ...ASKED, refund_address: undefined },
      sentence: 'the whole holds quote_id, from, to, amount',
    },
  ])('answers bad input in words: $what', ({ input, sentence }) => {
    expect(wrongs(createIntent, input).join()).toContain(sentence)
  })

  it('takes the fields of its own generation only', () => {
    const signed = { generation: 'signed' } as const
    expect(wrongs(createIntent, ASKED, signed).join()).toContain(
      'from holds from_network_id, from_token, from_address; here it takes address, refund_address, public_key',
    )
    expect(wrongs(createIntent, { ...NESTED, amount: '1' }, signed).join()).toContain(
      'here it takes quote_id, from, to.',
    )
  })
})

describe('what is checked before', () => {
  it('is met with the answer of the quote, until the second when its price ends', async () => {
    const filled = { ...ASKED, quote: QUOTE }
    expect(await notMet(createIntent, givenTo(createIntent, filled, before))).toEqual({})
    expect(await notMet(createIntent, givenTo(createIntent, filled, { nowMs: EXPIRES_AT_MS }))).toEqual({
      'quote still holds: unmet': expect.stringContaining('It held until') as string,
    })
  })

  it('is unknown without it, never passed in silence', async () => {
    expect(Object.keys(await notMet(createIntent, givenTo(createIntent, ASKED, before)))).toEqual([
      'quote still holds: unknown',
      'tokens and amount as quoted: unknown',
    ])
  })

  it('finds every difference to the quote', async () => {
    const wrong = { ...ASKED, amount: '100.500001', quote: QUOTE }
    expect(await notMet(createIntent, givenTo(createIntent, wrong, before))).toEqual({
      'tokens and amount as quoted: unmet': 'The amount is 100500001 base units, and 100500000 were quoted.',
    })
    const other = { ...ASKED, quote: { ...QUOTE, id: 'q-other', to: { ...QUOTE.to, to_network_id: 1 } } }
    expect(await notMet(createIntent, givenTo(createIntent, other, before))).toEqual({
      'quote still holds: unmet': 'The answer given is that of the quote q-other.',
      'tokens and amount as quoted: unmet': 'The destination network is 4, and 1 was quoted.',
    })
  })

  it('knows amounts beyond 2^53, from the text of the answer', async () => {
    const lots = '9007199254740993'
    const text = JSON.stringify({ ...QUOTE, from: { ...QUOTE.from, from_amount_decimals: 18 } }).replace(
      '100500000',
      lots,
    )
    const exact = { ...ASKED, amount: '0.009007199254740993', quote: text }
    expect(await notMet(createIntent, givenTo(createIntent, exact, before))).toEqual({})
    const rounded = { ...exact, amount: '0.009007199254740992' }
    expect(Object.keys(await notMet(createIntent, givenTo(createIntent, rounded, before)))).toEqual([
      'tokens and amount as quoted: unmet',
    ])
  })

  it('holds addresses to the form of their networks, where that is known', async () => {
    const crossed = { ...ASKED, refund_address: ASKED.to.to_address, quote: QUOTE }
    expect(await notMet(createIntent, givenTo(createIntent, crossed, before))).toEqual({
      'addresses fit their networks: unmet': `The refund address ${ASKED.to.to_address} is no address of Ethereum.`,
    })
    const nested = givenTo(createIntent, NESTED, { ...before, generation: 'signed' })
    expect(Object.keys(await notMet(createIntent, nested))).toContain('addresses fit their networks: unknown')
  })
})

describe('the answer', () => {
  it('gives the id to follow, and says what comes next until when', () => {
    expect(judge(200, { id: 'i-1', ...CREATED })).toEqual({
      outcome: 'accepted',
      advice: null,
      why: 'The intent i-1 was created. Next the maker has to give a Permit2 signature (EVM, Tron), before 2026-11-21 16:53:20 UTC.',
      facts: {
        intentId: 'i-1',
        'approval deadline': '2026-11-21 16:53:20 UTC',
        'approval type': 'permit2',
        'secret hash': CREATED.secret_hash,
      },
      follow: { kind: 'intentId', value: 'i-1' },
    })
  })

  it('shows a kind of approval that nobody has described, and the deadline of `signed` in seconds', () => {
    const { why, facts } = judge(200, { id: 'i-1', approval_type: 'passkey', expires_at: 1_795_280_000 })
    expect(why).toContain('an approval of the kind “passkey”')
    expect(facts).not.toHaveProperty('secret hash')
    expect(facts['approval deadline']).toContain('2026')
  })

  it('is unknown where it names no intent, and refused in the words of the system', () => {
    expect(judge(200, { ok: true })).toMatchObject({ outcome: 'unknown', follow: null })
    const refused = judge(422, { code: 422, type: 'validation_error', message: 'refund_address required' })
    expect(refused).toMatchObject({
      outcome: 'refused',
      why: expect.stringContaining('refund_address required') as string,
    })
    expect(judge(503, {}).outcome).toBe('unknown')
  })
})
