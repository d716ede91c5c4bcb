import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { unheardIntent } from '../../../../shared/intent/fold.ts'
import { connectionId, intentIdOf } from '../../../../shared/intent/ids.ts'
import type { Intent } from '../../../../shared/intent/intent.ts'
import {
  AUCTION_MS,
  EXPIRY_DELAY_MS,
  fusionOrder,
  MAKER,
  type OrderFile,
} from '../../../../test/oneinchOrders.ts'
import type { Given } from '../../command.ts'
import { oneinchFusionSettings, type OneinchFusionSettings } from '../index.ts'
import { submitSignedOrder } from './submitSignedOrder.ts'

const START_MS = 1_800_000_000_000
const NOW_MS = START_MS + 5_000
const END_MS = START_MS + AUCTION_MS
const DEADLINE_MS = END_MS + EXPIRY_DELAY_MS

const file = await fusionOrder(START_MS)

type Input = z.infer<typeof submitSignedOrder.input>
type Known = Given<Input, OneinchFusionSettings>

function given(body: object, more: Partial<Known> = {}): Known {
  return {
    intent: null,
    connection: {
      id: connectionId('eth'),
      system: 'oneinch-fusion',
      url: 'wss://api.1inch.com/fusion/ws',
      restUrl: 'https://api.1inch.com',
      settings: oneinchFusionSettings.parse({}),
    },
    nowMs: NOW_MS,
    input: submitSignedOrder.input.parse(body),
    ...more,
  }
}

async function standing(known: Known): Promise<Record<string, string>> {
  const all = [...submitSignedOrder.preconditions, ...submitSignedOrder.checks]
  const verdicts = await Promise.all(
    all.map(async ({ name, check }) => {
      const { state, why = '' } = await check(known)
      return [name, why === '' || state === 'met' ? state : `${state}: ${why}`] as const
    }),
  )
  return Object.fromEntries(verdicts)
}

const ALL_MET = {
  'chain served by the relayer': 'met',
  'signed by the maker': 'met',
  'extension as signed': 'met',
  'amounts above zero': 'met',
  'order deadline ahead': 'met',
  'auction not over': 'met',
  'order not known yet': 'met',
}

function altered(change: Partial<OrderFile['body']['order']>): object {
  return { ...file.body, order: { ...file.body.order, ...change } }
}

describe('an order as the published SDK builds it', () => {
  it('has the hash that the SDK gives it, whatever the capitals of its addresses', () => {
    expect(submitSignedOrder.subject(given(file.body))).toBe(file.orderHash)
    expect(submitSignedOrder.subject(given(altered({ maker: MAKER.address })))).toBe(file.orderHash)
  })

  it('is open, and every condition says so', async () => {
    expect(await standing(given(file.body))).toEqual(ALL_MET)
  })

  it('is sent as the SDK would send it, byte for byte', () => {
    const { order, signature, quoteId, extension } = file.body
    expect(submitSignedOrder.request(given(file.body))).toEqual({
      method: 'POST',
      url: 'https://api.1inch.com/fusion/relayer/v2.0/1/order/submit',
      body: expect.any(String) as string,
      secretHeaders: ['authorization'],
      secrets: [],
    })
    const { body } = submitSignedOrder.request(given({ signedOrder: file.body, isMakerContract: 'yes' }))
    expect(JSON.parse(body ?? '')).toEqual({ order, signature, quoteId, extension })
    expect(body).toBe(submitSignedOrder.request(given(file.body)).body)
  })

  it('is the same from the command line, from a form’s file, and as text', () => {
    const one = given(file.body).input
    expect(given({ signedOrder: file.body }).input).toEqual(one)
    expect(given({ signedOrder: JSON.stringify(file.body) }).input).toEqual(one)
    expect(given({ ...file.body, order: JSON.stringify(file.body.order) }).input).toEqual(one)
  })
})

describe('what closes it', () => {
  it.each<[string, object, Record<string, string>]>([
    [
      'no amount to give',
      altered({ makingAmount: '0' }),
      { 'amounts above zero': 'unmet: The maker would give nothing: makingAmount is 0.' },
    ],
    [
      'no amount to get',
      altered({ takingAmount: '0' }),
      { 'amounts above zero': 'unmet: The maker would get nothing: takingAmount is 0.' },
    ],
    [
      'another extension',
      { ...file.body, extension: `${file.body.extension}00` },
      { 'extension as signed': expect.stringMatching(/^unmet: .*salt/) as string },
    ],
    [
      'no extension',
      { ...file.body, extension: '0x' },
      {
        'extension as signed': expect.stringMatching(/^unmet/) as string,
        'auction not over': expect.stringMatching(/^unknown/) as string,
      },
    ],
  ])('%s', async (_, body, expected) => {
    expect(await standing(given(body))).toMatchObject(expected)
  })

  it('a signature that is not the maker’s', async () => {
    const { 'signed by the maker': said } = await standing(given(altered({ takingAmount: '2500000001' })))
    expect(said).toMatch(/^unmet: The signature is by 0x\w{40}, the order’s maker is/)
    const { 'signed by the maker': broken } = await standing(
      given({ ...file.body, signature: `0x${'ff'.repeat(65)}` }),
    )
    expect(broken).toMatch(/^unmet: The signature cannot be read/)
  })

  it('a signature for another chain, which it names', async () => {
    const { body } = await fusionOrder(START_MS, 137)
    const { 'signed by the maker': said } = await standing(given(body))
    expect(said).toBe('unmet: The maker signed this order for chain 137, and it is to be sent for chain 1.')
  })

  it('the end of the auction, to the second', async () => {
    expect((await standing(given(file.body, { nowMs: END_MS - 1 })))['auction not over']).toBe('met')
    expect((await standing(given(file.body, { nowMs: END_MS })))['auction not over']).toMatch(
      /^unmet: It ended .* stale/,
    )
  })

  it('its deadline, to the second', async () => {
    expect((await standing(given(file.body, { nowMs: DEADLINE_MS - 1 })))['order deadline ahead']).toBe('met')
    expect((await standing(given(file.body, { nowMs: DEADLINE_MS })))['order deadline ahead']).toMatch(
      /^unmet: It passed/,
    )
  })

  it('that the system has it already', async () => {
    const known = given(file.body, { intent: intent('pending') })
    expect((await standing(known))['order not known yet']).toBe(
      'unmet: The system has this order already and calls it “pending”.',
    )
    const asked = given(file.body, { intent: intent('') })
    expect((await standing(asked))['order not known yet']).toBe('met')
  })

  it('a feed of Solana, whose orders are made on the chain', async () => {
    const { connection } = given(file.body)
    const settings = oneinchFusionSettings.parse({ solana: true })
    const known = given(file.body, { connection: { ...connection, settings } })
    expect((await standing(known))['chain served by the relayer']).toMatch(/^unmet: .*Solana/)
  })
})

describe('what cannot be told from here', () => {
  it('a contract’s signature, and an order that never ends', async () => {
    const asked = await standing(given({ ...file.body, isMakerContract: true }))
    expect(asked['signed by the maker']).toMatch(/^unknown: The maker is said to be a contract/)
    const long = await standing(given({ ...file.body, signature: `0x${'ab'.repeat(256)}` }))
    expect(long['signed by the maker']).toMatch(/^unknown: A signature of 256 bytes/)
    const makerTraits = String(BigInt(file.body.order.makerTraits) & ~(((1n << 40n) - 1n) << 80n))
    expect((await standing(given(altered({ makerTraits }))))['order deadline ahead']).toMatch(
      /^unknown: .*never expires/,
    )
  })
})

describe('a compact signature', () => {
  it('is the maker’s too', async () => {
    const { signature } = file.body
    const isOdd = Number.parseInt(signature.slice(-2), 16) === 28
    const s = BigInt(`0x${signature.slice(66, 130)}`) | (isOdd ? 1n << 255n : 0n)
    const compact = `${signature.slice(0, 66)}${s.toString(16).padStart(64, '0')}`
    expect((await standing(given({ ...file.body, signature: compact })))['signed by the maker']).toBe('met')
  })
})

describe('bad input', () => {
  it.each<[string, object, string]>([
    ['a missing quote', { ...file.body, quoteId: undefined }, 'quoteId has to be a text'],
    [
      'a number for an amount',
      altered({ makingAmount: 5 as never }),
      'order.makingAmount has to be decimal digits in quotation marks',
    ],
    [
      'too many digits',
      altered({ salt: '9'.repeat(78) }),
      'order.salt has to be decimal digits of at most 256 bits',
    ],
    ['half an address', altered({ maker: '0x12' }), 'order.maker has to be an address: 0x and 40 hex digits'],
    ['an unknown field', { ...file.body, permit: '0x' }, ' Unrecognized key: "permit"'],
    [
      'a signature that is no hex',
      { ...file.body, signature: 'abc' },
      'signature has to be bytes: 0x and an even number of hex digits',
    ],
    [
      'a strange word',
      { ...file.body, isMakerContract: 'maybe' },
      'isMakerContract has to be “yes”, or stay empty',
    ],
    [
      'an order that is no JSON',
      { ...file.body, order: '{"salt":' },
      'order has to be JSON, and cannot be read as such',
    ],
  ])('%s is refused by name and in words', (_, body, words) => {
    const { error } = submitSignedOrder.input.safeParse(body)
    expect(error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual([words])
  })
})

describe('what became of it', () => {
  it('an answer without a body is taken, and the order is followed by its hash', () => {
    const answer = { httpStatus: 201, text: '', atMs: NOW_MS }
    expect(submitSignedOrder.judge(answer, given(file.body))).toMatchObject({
      outcome: 'accepted',
      follow: { kind: 'orderHash', value: file.orderHash },
    })
    const refused = { ...answer, httpStatus: 400, text: '{"message":"order already exists"}' }
    expect(submitSignedOrder.judge(refused, given(file.body))).toMatchObject({
      outcome: 'refused',
      follow: null,
    })
    expect(submitSignedOrder.judge({ ...answer, httpStatus: 500 }, given(file.body)).outcome).toBe('unknown')
  })

  it('a lost answer is looked up by the hash: not found is absent, any status is applied', () => {
    const { trace } = submitSignedOrder
    expect(trace?.readId(given(file.body))).toBe(file.orderHash)
    expect(trace?.marks(given(file.body))).toEqual({ orderHash: file.orderHash })
    expect(trace?.seen(null, {})).toBe('absent')
    expect(trace?.seen({ ...intent(''), isNotFound: true }, {})).toBe('absent')
    expect(trace?.seen(intent('expired'), {})).toBe('applied')
  })
})

function intent(status: string): Intent {
  const alias = { kind: 'orderHash', value: file.orderHash }
  const connection = connectionId('eth')
  const key = { atMs: NOW_MS, rank: 0, emittedAtMs: NOW_MS, receivedAtMs: NOW_MS, key: '' }
  const unheard = unheardIntent(
    { id: intentIdOf(connection, alias), system: 'oneinch-fusion', connection },
    key,
  )
  return { ...unheard, aliases: [alias], status }
}
