import { expect, test } from 'vitest'
import type { RouteCount } from '../../../shared/api/answers.ts'
import { routeOptions, routeWords } from './routeOptions.ts'

const route = (system: RouteCount['system'], chains: [number, number], count: number): RouteCount => ({
  system,
  sourceChainId: chains[0],
  destinationChainId: chains[1],
  count,
})

const chainName = (chainId: number): string => (chainId === 10 ? 'Optimism' : `chain ${chainId}`)

test('one route of two systems is one option, and the most taken stands first', () => {
  const routes = [route('fusion', [10, 1], 5), route('flashnet', [1, 10], 4), route('defi-api', [1, 10], 2)]
  expect(routeOptions(routes, chainName)).toEqual([
    { value: '1-10', words: 'chain 1 → Optimism', count: 6 },
    { value: '10-1', words: 'Optimism → chain 1', count: 5 },
  ])
})

test('a route of the query is told by the names of its chains', () => {
  expect(routeWords('10-84532', chainName)).toBe('Optimism → chain 84532')
})
