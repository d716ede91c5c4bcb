import { expect, it } from 'vitest'
import { restUrlOf, socketUrlOf } from './address.ts'
import { fusionPlusSettings } from './index.ts'

const settings = fusionPlusSettings.parse({})

it.each([
  ['ws://h:1/fusion-plus/ws', 'ws://h:1/fusion-plus/ws/v1.2'],
  ['ws://h:1/fusion-plus/ws/', 'ws://h:1/fusion-plus/ws/v1.2'],
  ['wss://h/fusion-plus/ws/v1.0', 'wss://h/fusion-plus/ws/v1.0'],
  ['https://h/fusion-plus/ws', 'wss://h/fusion-plus/ws/v1.2'],
  ['http://h:1', 'ws://h:1/fusion-plus/ws/v1.2'],
])('opens %s at %s', (url, opened) => {
  expect(socketUrlOf({ url, restUrl: null, settings })).toBe(opened)
})

it.each([
  ['ws://h:1/fusion-plus/ws', null, 'http://h:1/fusion-plus'],
  ['wss://h/fusion-plus/ws/v1.2/', null, 'https://h/fusion-plus'],
  ['ws://h:1', null, 'http://h:1/fusion-plus'],
  ['ws://h:1', 'http://r:2', 'http://r:2/fusion-plus'],
  ['ws://h:1', 'http://r:2/', 'http://r:2/fusion-plus'],
  ['ws://h:1', 'http://r:2/proxy/fusion-plus/', 'http://r:2/proxy/fusion-plus'],
  ['ws://h:1', 'http://r:2/fusion-plus/orders/v1.2', 'http://r:2/fusion-plus'],
])('reads of %s and %s at %s', (url, restUrl, read) => {
  expect(restUrlOf({ url, restUrl, settings })).toBe(read)
})
