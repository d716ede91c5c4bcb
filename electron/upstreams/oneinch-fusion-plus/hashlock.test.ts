import { keccak256, type Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import type { Parts } from '../../../shared/intent/fact.ts'
import { facts, firstIntentOf, HASH, status } from '../../../test/oneinchFusionPlusFacts.ts'
import { fusionPlusOrder } from '../../../test/oneinchOrders.ts'
import { hashlockIn, idxOfHash } from './hashlock.ts'
import { READINGS } from './wire.ts'

const SECRETS = ['a1', 'b2', 'c3'].map((byte): Hex => `0x${byte.repeat(32)}`)
const hashOf = (at: number): string => keccak256(SECRETS[at] ?? '0x')

const { body: single } = await fusionPlusOrder(1_800_000_000_000, SECRETS.slice(0, 1))
const { body: inParts } = await fusionPlusOrder(1_800_000_000_000, SECRETS)

/** What an order is known by after these facts. */
function known(found: ReturnType<typeof facts>): { parts: Parts; details: Record<string, string> } {
  const { parts = {}, details = {} } = firstIntentOf(found).learned
  return { parts, details }
}

describe('the hashlock of an order', () => {
  it('stands in the extension that its SDK makes: for one fill it is the hash of the secret', () => {
    expect(hashlockIn(single.extension)).toBe(hashOf(0))
    expect(hashlockIn(inParts.extension)).toMatch(/^0x0002[0-9a-f]{60}$/)
  })

  it('is nowhere in what is no extension', () => {
    for (const text of ['', '0x', '0x00', `0x${'ff'.repeat(400)}`]) expect(hashlockIn(text)).toBeNull()
  })
})

describe('the hashes of an order’s secrets', () => {
  const created = (more: object): string =>
    JSON.stringify({
      event: 'order_created',
      result: { orderHash: HASH, srcChainId: 1, dstChainId: 10, ...more },
    })

  it('are learned from the order’s creation', () => {
    const of = known(facts('order_created', created(inParts)))
    expect(SECRETS.map((_, at) => idxOfHash(of, hashOf(at)))).toEqual(['0', '1', '2'])
    expect(idxOfHash(of, keccak256('0x99'))).toBe('none')
  })

  it('are learned from a status: its extension has the only one', () => {
    const of = known(facts(READINGS.status, status({ extension: single.extension })))
    expect(idxOfHash(of, hashOf(0))).toBe('0')
    expect(idxOfHash(of, hashOf(1))).toBe('unknown')
  })

  it('are learned from the answer about published secrets, which also says that there is one only', () => {
    const body = { orderType: 'SingleFill', secrets: [], secretHashes: [hashOf(0)] }
    const of = known(facts(READINGS.secrets, JSON.stringify({ requestedId: HASH, httpStatus: 200, body })))
    expect(idxOfHash(of, hashOf(0))).toBe('0')
    expect(idxOfHash(of, hashOf(1))).toBe('none')
  })

  it('are left out where they are none', () => {
    const of = known(facts('order_created', created({ secretHashes: ['0x12', 5, null], extension: '0x12' })))
    expect(of.parts['hashlocks']).toBeUndefined()
    expect(idxOfHash(of, hashOf(0))).toBe('unknown')
  })
})
