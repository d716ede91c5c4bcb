import { expect, it } from 'vitest'
import { chainOfFeed, feedOf } from './feed.ts'
import { oneinchFusionSettings } from './index.ts'

function placed(url: string, settings: object = {}, restUrl: string | null = null) {
  return feedOf({ url, restUrl, settings: oneinchFusionSettings.parse(settings) })
}

it.each([
  ['wss://api.1inch.com/fusion/ws', {}, 'wss://api.1inch.com/fusion/ws/v2.0/1'],
  ['wss://api.1inch.com/fusion/ws/', { chainId: 137 }, 'wss://api.1inch.com/fusion/ws/v2.0/137'],
  ['http://127.0.0.1:3002/fusion/ws', {}, 'ws://127.0.0.1:3002/fusion/ws/v2.0/1'],
  ['ws://127.0.0.1:3002/fusion/ws/v2.0', { chainId: 56 }, 'ws://127.0.0.1:3002/fusion/ws/v2.0/56'],
  ['ws://127.0.0.1:3002/fusion/ws/v2.0/10/', {}, 'ws://127.0.0.1:3002/fusion/ws/v2.0/10'],
  ['ws://127.0.0.1:3002', {}, 'ws://127.0.0.1:3002/v2.0/1'],
  ['ws://127.0.0.1:3002/fusion/ws', { solana: true }, 'ws://127.0.0.1:3002/fusion/ws/v1.0/501'],
])('%s with %o opens %s', (url, settings, socketUrl) => {
  expect(placed(url, settings).socketUrl).toBe(socketUrl)
})

it.each([
  ['ws://127.0.0.1:3002/fusion/ws', null, 'http://127.0.0.1:3002'],
  ['wss://api.1inch.com/fusion/ws/v2.0/1', null, 'https://api.1inch.com'],
  ['ws://127.0.0.1:1/ws', 'http://127.0.0.1:3002/', 'http://127.0.0.1:3002'],
  ['ws://127.0.0.1:1/ws', 'http://127.0.0.1:3002/fusion/', 'http://127.0.0.1:3002'],
])('%s with the REST address %s reads from %s', (url, restUrl, base) => {
  expect(placed(url, {}, restUrl).restBaseUrl).toBe(base)
})

it('reads the orders of the chain that the address names, and of Solana none', () => {
  expect(placed('ws://h/ws/v2.0/10', { chainId: 1 })).toMatchObject({
    name: '/v2.0/10',
    ordersPath: '/fusion/orders/v2.0/10/order',
  })
  expect(placed('ws://h/ws', { solana: true }).ordersPath).toBeNull()
  expect([chainOfFeed('/v2.0/10'), chainOfFeed('nowhere')]).toEqual([10, null])
})
