import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Bulk } from '../../shared/api/bulk.ts'
import { until } from '../until.ts'
import { ActionBench } from './actionBench.ts'
import { ID } from './actingConsole.ts'

/** Intents that can be refunded, one that cannot any more, and one that nobody knows. */
const GOOD = [ID, `0x${'b1'.repeat(32)}`, `0x${'b2'.repeat(32)}`]
const MOVED = `0x${'b3'.repeat(32)}`
const STRANGE = `0x${'b4'.repeat(32)}`

let bench: ActionBench

beforeEach(async () => {
  bench = await ActionBench.open()
  const said = JSON.parse(bench.fusion.intents.get(ID) ?? '{}') as object
  const client = await bench.start()
  for (const intentId of [...GOOD, MOVED]) {
    const status = intentId === MOVED ? 'executing' : 'matched'
    bench.fusion.intents.set(intentId, JSON.stringify({ ...said, intentId, status }))
    await client.intents.watch({ connection: 'fusion-test', id: intentId, isWatched: true })
    await until('the intent', () => client.intents.get({ id: intentId }).catch(() => null))
  }
})

afterEach(() => bench.close())

function prepare(command = 'tinyRefund', input: Record<string, unknown> = {}): Promise<Bulk> {
  return bench.client.actions.bulkPrepare({
    command,
    intents: [...GOOD, MOVED, STRANGE, GOOD[0] ?? ''],
    input,
  })
}

function give({ bulk, hash, confirmation }: Bulk, more: object = {}): Promise<Bulk> {
  return bench.client.actions.bulkGive({ bulk, hash, reason: 'All of them.', confirm: confirmation, ...more })
}

function ended({ bulk }: Bulk): Promise<Bulk> {
  return until('the end', async () => {
    const now = await bench.client.actions.bulkNext({ bulk })
    return now.state === 'done' || now.state === 'stopped' ? now : null
  })
}

function statesOf({ items }: Bulk): string[] {
  return items.map(({ state }) => state)
}

test('one after the other is sent once, those that cannot be are left out with why, and each has its row', async () => {
  const bulk = await prepare()
  expect(statesOf(bulk)).toEqual(['waiting', 'waiting', 'waiting', 'excluded', 'excluded'])
  expect(bulk.items[3]?.why).toContain('executing')
  expect(bulk.items[4]?.why).toContain('No intent is known')
  expect(bulk).toMatchObject({
    effect: 'changes',
    confirmation: '3',
    words: 'Refund a little',
    state: 'prepared',
  })
  await expect(give(bulk, { confirm: '5' })).rejects.toMatchObject({ data: { code: 'closed' } })
  await expect(give(bulk, { reason: ' ' })).rejects.toMatchObject({ data: { code: 'closed' } })
  await expect(give(bulk, { hash: 'f'.repeat(64) })).rejects.toMatchObject({ data: { code: 'closed' } })
  expect(bench.refunds).toEqual([])
  await Promise.all([give(bulk), give(bulk)])
  expect(statesOf(await ended(bulk))).toEqual(['accepted', 'accepted', 'accepted', 'excluded', 'excluded'])
  expect(bench.refunds.map((body) => (JSON.parse(body) as { intentId: string }).intentId)).toEqual(GOOD)
  const { actions } = await bench.client.actions.next({})
  expect(actions.map(({ state, reason }) => [state, reason])).toEqual(
    GOOD.map(() => ['accepted', 'All of them.']),
  )
})

test('what was taken before is left out, whatever is acknowledged: it is given alone', async () => {
  expect(await bench.give(await bench.prepare())).toMatchObject({ outcome: 'accepted' })
  const bulk = await prepare()
  expect(statesOf(bulk)).toEqual(['excluded', 'waiting', 'waiting', 'excluded', 'excluded'])
  expect(bulk.items[0]?.why).toMatch(/The very same request was taken .* So it is given alone\.$/)
  await give(bulk, { acknowledge: 'unknown' })
  expect(statesOf(await ended(bulk))).toEqual(['excluded', 'accepted', 'accepted', 'excluded', 'excluded'])
  expect(bench.refunds).toHaveLength(GOOD.length)
})

test('stopped in the middle, it sends no more', async () => {
  const waiting: ServerResponse[] = []
  bench.answering = (response) => waiting.push(response)
  const bulk = await prepare()
  await give(bulk)
  await until('the first request', () => waiting.length === 1)
  await bench.client.actions.bulkStop({ bulk: bulk.bulk })
  waiting[0]?.end('{}')
  const first = await until('the answer to the first', async () => {
    const now = await bench.client.actions.bulkNext({ bulk: bulk.bulk })
    return now.items[0]?.state === 'accepted' ? now : null
  })
  expect(statesOf(first)).toEqual(['accepted', 'stopped', 'stopped', 'excluded', 'excluded'])
  expect(first.state).toBe('stopped')
  expect(bench.refunds).toHaveLength(1)
})

test('stopped while the first is still read, it sends none', async () => {
  const bulk = await prepare()
  const held: (() => void)[] = []
  const { answer } = bench.fusion
  bench.fusion.answer = (request, response) => {
    if (held.length > 0 || request.url?.endsWith(ID) !== true) return answer(request, response)
    held.push(() => response.end(bench.fusion.intents.get(ID)))
    return true
  }
  await give(bulk)
  await until('the reading', () => held.length === 1)
  await bench.client.actions.bulkStop({ bulk: bulk.bulk })
  held[0]?.()
  const now = await until('the first to be settled', async () => {
    const seen = await bench.client.actions.bulkNext({ bulk: bulk.bulk })
    return seen.items[0]?.state === 'sending' ? null : seen
  })
  expect(statesOf(now)).toEqual(['stopped', 'stopped', 'stopped', 'excluded', 'excluded'])
  expect(bench.refunds).toEqual([])
  expect((await bench.client.actions.next({})).actions).toEqual([])
})

test('where the outcome of one is unknown, the others are not tried', async () => {
  bench.answering = (response) => response.socket?.destroy()
  const bulk = await prepare()
  await give(bulk)
  const now = await ended(bulk)
  expect(statesOf(now)).toEqual(['unknown', 'stopped', 'stopped', 'excluded', 'excluded'])
  expect(now.items[1]?.why).toContain('not known')
  expect(bench.refunds).toHaveLength(1)
})

test('what concerns the console alone needs no gate, and is done for each', async () => {
  const bulk = await prepare('addNote', { text: 'Seen by the night shift' })
  expect(bulk).toMatchObject({ effect: 'local', confirmation: '4' })
  await give(bulk, { reason: '' })
  expect(statesOf(await ended(bulk))).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'excluded'])
  const found = await bench.client.intents.find({ query: 'has:note' })
  expect(found).toHaveLength(4)
  const wrong = await prepare('addNote', { txt: 'x' })
  expect(wrong.confirmation).toBe('0')
})
