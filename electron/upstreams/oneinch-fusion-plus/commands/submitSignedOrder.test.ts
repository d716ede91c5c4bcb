import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { conditionsAgainst, givenTo, NOW_MS } from '../../../../test/fusionPlusGiven.ts'
import { AUCTION_MS, EXPIRY_DELAY_MS, fusionPlusOrder } from '../../../../test/oneinchOrders.ts'
import type { Given } from '../../command.ts'
import type { FusionPlusSettings } from '../index.ts'
import { submitSignedOrder } from './submitSignedOrder.ts'

const START_MS = NOW_MS
const END_MS = START_MS + AUCTION_MS
const SECRETS = ['a1', 'b2', 'c3', 'd4', 'e5'].map((byte) => `0x${byte.repeat(32)}`)

const single = await fusionPlusOrder(START_MS, SECRETS.slice(0, 1))
const inParts = await fusionPlusOrder(START_MS, SECRETS)
const hashes = inParts.body.secretHashes ?? []

type Known = Given<z.infer<typeof submitSignedOrder.input>, FusionPlusSettings>

function given(body: object, nowMs = START_MS + 5_000): Known {
  return givenTo(submitSignedOrder, body, { nowMs })
}

function against(known: Known): Promise<string[]> {
  return conditionsAgainst(submitSignedOrder, known)
}

describe('an order as the published SDK builds it', () => {
  it.each([
    ['for one fill', single],
    ['for parts', inParts],
  ])('%s has the SDK’s hash and is open', async (_, { body, orderHash }) => {
    expect(submitSignedOrder.subject(given(body))).toBe(orderHash)
    expect(await against(given(body))).toEqual([])
  })

  it('is sent as the SDK would send it, without hashes where there is one secret', () => {
    const request = submitSignedOrder.request(given(single.body))
    expect(request).toMatchObject({ method: 'POST', secretHeaders: ['authorization'], secrets: [] })
    expect(request.url).toBe('https://api.1inch.com/fusion-plus/relayer/v1.2/submit')
    expect(JSON.parse(request.body ?? '')).toEqual(single.body)
    expect(request.body).not.toContain('secretHashes')
    expect(JSON.parse(submitSignedOrder.request(given(inParts.body)).body ?? '')).toEqual(inParts.body)
  })

  it('is the same from a form’s file, digits of the chain included', () => {
    const body = JSON.stringify({ ...single.body, srcChainId: '1' })
    expect(given({ signedOrder: body }).input).toEqual(given(single.body).input)
  })
})

describe('the secret hashes', () => {
  it.each<[string, object, RegExp]>([
    [
      'of another order',
      { ...inParts.body, secretHashes: [...hashes.slice(1), hashes[1]] },
      /its hashlock is another/,
    ],
    ['in another order', { ...inParts.body, secretHashes: hashes.toReversed() }, /its hashlock is another/],
    ['too few', { ...inParts.body, secretHashes: hashes.slice(0, -1) }, /its hashlock is another/],
    ['left out', { ...inParts.body, secretHashes: undefined }, /has to hold the hash of each part/],
    ['too many', { ...single.body, secretHashes: hashes }, /holds more than one hash/],
    [
      'another for the only one',
      { ...single.body, secretHashes: hashes.slice(1, 2) },
      /its hashlock is another/,
    ],
  ])('%s close it', async (_, body, words) => {
    expect(await against(given(body))).toEqual([expect.stringMatching(words)])
  })

  it('may be given for a single one', async () => {
    expect(await against(given({ ...single.body, secretHashes: hashes.slice(0, 1) }))).toEqual([])
  })
})

describe('what closes it as time passes', () => {
  it('the end of the auction, to the second', async () => {
    expect(await against(given(single.body, END_MS - 1))).toEqual([])
    expect(await against(given(single.body, END_MS))).toEqual([
      expect.stringMatching(/^auction not over unmet/),
    ])
  })

  it('the deadline, to the second', async () => {
    const deadlineMs = END_MS + EXPIRY_DELAY_MS
    const at = async (nowMs: number): Promise<string> => (await against(given(single.body, nowMs))).join()
    expect(await at(deadlineMs - 1)).not.toContain('order deadline ahead')
    expect(await at(deadlineMs)).toContain('order deadline ahead unmet')
  })
})

describe('bad input', () => {
  it.each<[string, object, string]>([
    ['no chain', { ...single.body, srcChainId: undefined }, 'srcChainId has to be a chain id in digits'],
    [
      'Solana',
      { ...single.body, srcChainId: 501 },
      'srcChainId is Solana: such an order is made on the chain by its maker, and this takes orders of EVM chains',
    ],
    [
      'half a hash',
      { ...single.body, secretHashes: ['0x12'] },
      'secretHashes.0 has to be the hash of a secret: 0x and 64 hex digits',
    ],
    ['a secret by mistake', { ...single.body, secret: '0x12' }, ' Unrecognized key: "secret"'],
  ])('%s is refused by name and in words', (_, body, words) => {
    const { error } = submitSignedOrder.input.safeParse(body)
    expect(error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual([words])
  })
})

describe('what became of it', () => {
  it('an order that was taken is followed by its hash; a lost answer is looked up by it', () => {
    const answer = { httpStatus: 201, text: '', atMs: START_MS }
    expect(submitSignedOrder.judge(answer, given(single.body))).toMatchObject({
      outcome: 'accepted',
      follow: { kind: 'orderHash', value: single.orderHash },
    })
    expect(submitSignedOrder.trace?.readId(given(single.body))).toBe(single.orderHash)
    expect(submitSignedOrder.trace?.seen(null, {})).toBe('absent')
  })
})
