import { expect, it } from 'vitest'
import { createRandom } from '../kit/random.ts'
import { createCast } from './cast.ts'
import { addressAt, type Wish } from './intent.ts'
import { drawWish } from './wish.ts'

const EVM_ADDRESS = /^0x[0-9a-fA-F]{40}$/
const MIDNIGHT_KEY = /^0x[0-9a-f]{64}$/

const random = createRandom('wishes')
const cast = createCast(random.branch('cast'))
const wishes: Wish[] = Array.from({ length: 3_000 }, (_, serial) => drawWish(random, cast, serial))

it('uses the form of address of each family', () => {
  for (const wish of wishes)
    for (const side of ['source', 'destination'] as const) {
      const { family } = side === 'source' ? wish.route.from : wish.route.to
      expect(addressAt(wish, side)).toMatch(family === 'evm' ? EVM_ADDRESS : MIDNIGHT_KEY)
    }
})

it('asks for exact decimal amounts, among them the largest there is', () => {
  for (const { amount, minAmountOut } of wishes) {
    expect(amount).toMatch(/^[1-9]\d*$/)
    expect(minAmountOut).toMatch(/^\d+$/)
    expect(BigInt(amount)).toBeLessThan(2n ** 256n)
  }
  expect(wishes.some(({ amount }) => BigInt(amount) === 2n ** 256n - 1n)).toBe(true)
})

it('takes every route, shields only where Midnight takes part, and never stays on one chain', () => {
  const routes = new Set(wishes.map(({ route }) => `${route.from.chainId} ${route.to.chainId}`))
  expect(routes.size).toBe(6)
  const shielded = wishes.filter(({ isShielded }) => isShielded)
  expect(shielded.length).toBeGreaterThan(0)
  for (const { route } of shielded) expect([route.from.family, route.to.family]).toContain('midnight')
  for (const { route } of wishes) expect(route.from).not.toBe(route.to)
})

it('gives every wish an id of its own, and some makers several wishes', () => {
  expect(new Set(wishes.map(({ clientId }) => clientId)).size).toBe(wishes.length)
  const makers = new Set(wishes.map(({ maker }) => maker.evmAddress))
  expect(makers.size).toBeGreaterThan(200)
  expect(makers.size).toBeLessThanOrEqual(cast.makers.length)
})
