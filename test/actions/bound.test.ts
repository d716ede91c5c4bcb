import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Intent } from '../../shared/intent/intent.ts'
import type { Store } from '../../electron/store/store.ts'
import { until } from '../until.ts'
import { ID } from './actingConsole.ts'
import { ActionBench } from './actionBench.ts'

let bench: ActionBench

beforeEach(async () => {
  bench = await ActionBench.open()
})

afterEach(() => bench.close())

test('an intent that moved between rehearsal and consent is refused with the difference', async () => {
  const client = await bench.start()
  const rehearsal = await bench.prepare()
  // Nobody is told of it: only a fresh reading can show it.
  bench.say('executing', { updatedAt: new Date(1_760_000_060_000).toISOString() })
  const answer = await bench.give(rehearsal)
  expect(answer.outcome).toBe('refused')
  expect(answer.changes).toEqual(
    expect.arrayContaining([
      { field: 'status', was: 'matched', is: 'executing' },
      { field: 'condition: still matched', was: 'met', is: 'unmet' },
    ]),
  )
  expect(bench.refunds).toEqual([])
  const { actions } = await client.actions.next({})
  expect(actions).toMatchObject([{ state: 'declined', id: rehearsal.draft }])
  // It is spent: whoever gives it again is told the same.
  expect(await bench.give(rehearsal)).toEqual(answer)
})

test('so is one whose amount moved, though its status stands', async () => {
  await bench.start()
  const rehearsal = await bench.prepare()
  bench.say('matched', { amount: '9900000', updatedAt: new Date(1_760_000_060_000).toISOString() })
  const answer = await bench.give(rehearsal)
  expect(answer).toMatchObject({ outcome: 'refused' })
  expect(answer.changes).toContainEqual({ field: 'amount', was: '1500000', is: '9900000' })
  expect(answer.changes?.find(({ field }) => field === 'body')?.is).toContain('9900000')
  expect(bench.refunds).toEqual([])
})

test('the control: an engine that sends from what it knew sends what nobody confirmed', async () => {
  let known: Intent | null = null
  const stale = (store: Store): Store => ({
    ...store,
    intent: async (id) => (known ??= await store.intent(id)),
  })
  await bench.start({ wrap: stale })
  const rehearsal = await bench.prepare()
  bench.say('executing', { updatedAt: new Date(1_760_000_060_000).toISOString() })
  expect((await bench.give(rehearsal)).outcome).toBe('accepted')
  expect(bench.refunds).toHaveLength(1)
})

test('a hash that is not that of the draft confirms nothing', async () => {
  await bench.start()
  const rehearsal = await bench.prepare()
  const answer = await bench.give({ ...rehearsal, hash: 'f'.repeat(64) })
  expect(answer.outcome).toBe('closed')
  expect(answer.why).toContain('not what this draft holds')
  expect(bench.refunds).toEqual([])
})

test('when the reading fails, that has to be acknowledged, and was not confirmed before', async () => {
  await bench.start()
  const rehearsal = await bench.prepare()
  const { answer: usual } = bench.fusion
  bench.fusion.answer = (request, response) => {
    if (!(request.url ?? '').startsWith('/api/intents/')) return usual(request, response)
    response.writeHead(500).end()
    return true
  }
  expect(await bench.give(rehearsal)).toMatchObject({
    outcome: 'refused',
    changes: [{ field: 'condition: read just now', was: 'met', is: 'unknown' }],
  })
  const blind = await until('a rehearsal without a reading', async () => {
    const found = await bench.prepare()
    return found.preconditions.some(({ state }) => state === 'unknown') ? found : null
  })
  expect((await bench.give(blind)).outcome).toBe('closed')
  expect(bench.refunds).toEqual([])
  expect((await bench.give(blind, { acknowledge: 'unknown' })).outcome).toBe('accepted')
  expect(bench.refunds).toHaveLength(1)
})

test('a command about an intent that was never heard of reads it first, on the connection that is named', async () => {
  const client = await bench.start()
  const other = `0x${'b2'.repeat(32)}`
  const said = JSON.parse(bench.fusion.intents.get(ID) ?? '{}') as object
  bench.fusion.intents.set(other, JSON.stringify({ ...said, intentId: other }))
  const order = { command: 'tinyRefund', intent: other }
  await expect(client.actions.prepare(order)).rejects.toMatchObject({ data: { code: 'not-found' } })
  const rehearsal = await client.actions.prepare({ ...order, connection: 'fusion-test' })
  expect(rehearsal).toMatchObject({ subject: other, isOpen: true })
})
