import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../until.ts'
import { against } from './actingBench.ts'
import { deposit, FlashnetActing, SUBMISSION, takeAs } from './flashnetActing.ts'

let bench: FlashnetActing

beforeEach(() => {
  bench = new FlashnetActing()
})

afterEach(() => bench.close())

test('a token that has ended is not tried twice; the next one is another', async () => {
  const gateway = await bench.gatewayWith()
  takeAs(gateway, SUBMISSION)
  gateway.expireTokens()
  const refused = await bench.give(await bench.rehearsed(deposit()))
  expect(refused).toMatchObject({ outcome: 'refused', why: expect.stringContaining('HTTP 401') as string })
  expect(gateway.commands).toEqual([])
  await until('another token', () => gateway.tokens.length === 2)
  expect((await bench.give(await bench.rehearsed(deposit()))).outcome).toBe('accepted')
  expect(gateway.commands).toHaveLength(1)
})

test('without a key nothing is sent, and it says so', async () => {
  const gateway = await bench.gatewayWith({}, 'none')
  const rehearsal = await bench.rehearsed(deposit())
  expect(against(rehearsal)).toEqual(['credential usable: unmet'])
  const { outcome, why } = await bench.give(rehearsal)
  expect(outcome).toBe('closed')
  expect(why).toContain('The gateway takes commands with a token only')
  expect(gateway.reads.filter((read) => read.startsWith('POST'))).toEqual([])
  expect((await bench.client.actions.next({})).actions).toEqual([])
})

test('with a key that is not where the profile says it is closed before anything is asked', async () => {
  const gateway = await bench.gatewayWith({}, 'env:FLOW_FLASHNET_NOT_SET')
  const { isOpen, why } = await bench.rehearsed(deposit())
  expect([isOpen, why]).toEqual([
    false,
    'The profile names a credential for this connection, and it is missing.',
  ])
  const { commands } = await bench.client.actions.offered({ connection: 'flash' })
  expect(commands.find(({ name }) => name === 'submitSignedIntent')).toMatchObject({ isOpen: false, why })
  expect(gateway.reads.filter((read) => read.startsWith('POST'))).toEqual([])
})
