import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Drafts, type Draft } from '../../electron/engine/actions/drafts.ts'
import { Workshop } from '../../electron/engine/actions/workshop.ts'
import type { Store } from '../../electron/store/store.ts'
import { until } from '../until.ts'
import { ID } from './actingConsole.ts'
import { ActionBench } from './actionBench.ts'

let bench: ActionBench

beforeEach(async () => {
  bench = await ActionBench.open()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await bench.close()
})

/** Lets every answer wait until the test says so. */
function holdAnswers(): () => void {
  const waiting: ServerResponse[] = []
  bench.answering = (response) => waiting.push(response)
  return () => {
    for (const response of waiting.splice(0)) response.end('{"ok":true}')
  }
}

test('what was rehearsed is sent once, byte for byte, and stands in the log and on the timeline', async () => {
  const client = await bench.start()
  const rehearsal = await bench.prepare({ note: 'please' })
  expect(bench.refunds).toEqual([])
  expect(rehearsal).toMatchObject({
    isOpen: true,
    subject: ID,
    confirmation: { tail: 'beef42', amount: '1500000' },
  })
  expect(rehearsal.preconditions.map(({ name, state }) => [name, state])).toEqual([
    ['connection held here', 'met'],
    ['connection live', 'met'],
    ['read just now', 'met'],
    ['still matched', 'met'],
    ['note harmless', 'met'],
    ['not done before', 'met'],
  ])
  const answer = await bench.give(rehearsal)
  expect(answer).toMatchObject({ outcome: 'accepted', response: { ok: true }, command: 'tinyRefund' })
  expect(bench.refunds).toEqual([rehearsal.request.bodyText])
  const { actions } = await client.actions.next({})
  expect(actions).toMatchObject([
    {
      id: answer.actionId,
      state: 'accepted',
      reason: 'The customer asked.',
      hash: rehearsal.hash,
      subject: ID,
    },
  ])
  expect(actions[0]?.steps.map(({ kind }) => kind)).toEqual(['sending', 'accepted'])
  const { intent } = await client.intents.get({ id: ID })
  expect(intent.timeline.some(({ origin }) => origin === 'operator')).toBe(true)
})

test('the very same again has to be acknowledged, and then it is sent', async () => {
  await bench.start()
  await bench.give(await bench.prepare())
  const again = await bench.prepare()
  expect(again.preconditions.at(-1)).toMatchObject({ name: 'not done before', state: 'unknown' })
  expect(again.preconditions.at(-1)?.why).toMatch(/was taken .* acknowledged by its own name\.$/)
  expect(await bench.give(again, { acknowledge: [] })).toMatchObject({ outcome: 'closed' })
  // The word for all that could not be checked does not stand for what is known.
  const blanket = await bench.give(again, { acknowledge: 'unknown' })
  expect(blanket).toMatchObject({ outcome: 'closed' })
  expect(blanket.why).toContain('"acknowledge": ["not done before"]')
  expect(bench.refunds).toHaveLength(1)
  expect(await bench.give(again, { acknowledge: ['not done before'] })).toMatchObject({ outcome: 'accepted' })
  expect(bench.refunds).toHaveLength(2)
})

test('the control: where nobody remembers what was taken, the word for all has it sent again', async () => {
  await bench.start({ wrap: (store) => ({ ...store, actions: () => Promise.resolve([]) }) })
  for (const count of [1, 2]) {
    const again = await bench.prepare()
    expect(await bench.give(again, { acknowledge: 'unknown' })).toMatchObject({ outcome: 'accepted' })
    expect(bench.refunds).toHaveLength(count)
  }
})

/** Gives one draft many times from two clients, some meanwhile and some afterwards. */
async function giveOverAndOver(): Promise<string[]> {
  const answerNow = holdAnswers()
  const rehearsal = await bench.prepare()
  const { draft, hash } = rehearsal
  const second = bench.client
  const given = { draft, hash, reason: 'Enter held', confirm: 'beef42' }
  const meanwhile = [1, 2, 3, 4, 5].flatMap(() => [bench.give(rehearsal), second.actions.give(given)])
  await until('the first request', () => bench.refunds.length > 0)
  const late = [bench.give(rehearsal), second.actions.give(given)]
  // A round trip to the database, behind which every call above has come as far as it can.
  await second.actions.next({})
  answerNow()
  const answers = await Promise.all([...meanwhile, ...late])
  answers.push(await bench.give(rehearsal))
  return answers.map(({ actionId, outcome }) => `${outcome} ${actionId}`)
}

test('a draft given over and over, from two clients and while the reply is slow, is sent once', async () => {
  await bench.start()
  const answers = await giveOverAndOver()
  expect(new Set(answers).size).toBe(1)
  expect(bench.refunds).toHaveLength(1)
})

test('the control: without the memory of drafts and without the ledger it is sent more than once', async () => {
  const held = vi.spyOn(Drafts.prototype, 'hold')
  vi.spyOn(Drafts.prototype, 'named').mockImplementation(() => {
    const draft = held.mock.results[0]?.value as Draft
    return { ...draft, giving: null }
  })
  const careless = (store: Store): Store => ({
    ...store,
    recordStep: () => Promise.resolve(null),
    openActions: () => Promise.resolve([]),
  })
  await bench.start({ wrap: careless })
  bench.answering = (response) => void response.end('{}')
  const rehearsal = await bench.prepare()
  await Promise.all([bench.give(rehearsal), bench.give(rehearsal)])
  expect(bench.refunds.length).toBeGreaterThan(1)
})

test('of two windows that both filled it in one sends, and the other sees the pending action', async () => {
  const client = await bench.start()
  const answerNow = holdAnswers()
  const [mine, theirs] = [await bench.prepare(), await bench.prepare()]
  const first = bench.give(mine)
  await until('the request', () => bench.refunds.length === 1)
  const second = await bench.give(theirs)
  expect(second.outcome).toBe('closed')
  expect(second.why).toContain(mine.draft)
  const { commands } = await client.actions.offered({ intent: ID })
  expect(commands).toMatchObject([{ name: 'tinyRefund', isOpen: false, pending: mine.draft }])
  answerNow()
  expect(await first).toMatchObject({ outcome: 'accepted' })
  // What the other window confirmed did not know of the first one's action.
  const again = await bench.give(theirs)
  expect(again.outcome).toBe('refused')
  expect(again.changes?.map(({ field, was }) => [field, was])).toEqual([
    ['condition: not done before', 'met'],
    ['earlier action', 'none'],
  ])
  expect(bench.refunds).toHaveLength(1)
})

/** Two windows confirm the same; what one of them looked up before comes to it when the other is done. */
async function givenAtOnce(): Promise<string> {
  const hold = { isOn: false, release: (): void => undefined }
  const slow = (store: Store): Store => ({
    ...store,
    actions: async (filter) => {
      const found = await store.actions(filter)
      if (hold.isOn) await new Promise<void>((resolve) => (hold.release = resolve))
      return found
    },
  })
  await bench.start({ wrap: slow })
  const [mine, theirs] = [await bench.prepare(), await bench.prepare()]
  hold.isOn = true
  let isHeld = false
  const { release } = hold
  const second = bench.give(theirs)
  await until('it to be looked up', () => (isHeld = hold.release !== release))
  expect(isHeld).toBe(true)
  hold.isOn = false
  expect(await bench.give(mine)).toMatchObject({ outcome: 'accepted' })
  hold.release()
  return (await second).outcome
}

test('of two windows that confirm at one moment one sends, though the other had looked before', async () => {
  expect(await givenAtOnce()).toBe('closed')
  expect(bench.refunds).toHaveLength(1)
})

test('the control: without the last look before it is recorded, both send', async () => {
  vi.spyOn(Workshop.prototype, 'isOvertaken').mockResolvedValue(false)
  expect(await givenAtOnce()).toBe('accepted')
  expect(bench.refunds).toHaveLength(2)
})

test('one that was confirmed wrongly is closed, sends nothing, and can be confirmed again', async () => {
  await bench.start()
  const rehearsal = await bench.prepare({ note: 'doubtful' })
  expect(rehearsal.isOpen).toBe(true)
  const wrong = await bench.give(rehearsal, { reason: ' ', confirm: 'nope', amount: '15' })
  const unmet = wrong.preconditions.filter(({ state }) => state === 'unmet').map(({ name }) => name)
  expect(wrong.outcome).toBe('closed')
  expect(unmet).toEqual(['reason given', 'confirmation typed', 'amount typed', 'acknowledged: note harmless'])
  expect(bench.refunds).toEqual([])
  const right = await bench.give(rehearsal, { amount: '1 500 000', acknowledge: ['note harmless'] })
  expect(right.outcome).toBe('accepted')
  expect(bench.refunds).toHaveLength(1)
  expect((await bench.action('accepted', () => true)).acknowledged).toEqual(['note harmless'])
})

test('a refusal of the system is told in its own words, and nobody tries again', async () => {
  await bench.start()
  bench.answering = (response) => response.writeHead(409).end('{"message":"not now"}')
  const refused = await bench.give(await bench.prepare())
  expect(refused).toMatchObject({ outcome: 'refused', response: { message: 'not now' } })
  expect(refused.why).toContain('not now')
  expect(bench.refunds).toHaveLength(1)
})

test('what only reads is asked at once and leaves no row', async () => {
  const client = await bench.start()
  const answer = await client.actions.read({ command: 'tinyLook', connection: 'fusion-test' })
  // The bare backend knows no such path.
  expect(answer).toMatchObject({ outcome: 'refused', request: { method: 'GET', body: null } })
  expect(await client.actions.next({})).toMatchObject({ actions: [], openCount: 0 })
})

test('signatures are sent as they are and kept as fingerprints, wherever anybody looks', async () => {
  const client = await bench.start()
  const signature = `0x${'5ec2e7'.repeat(20)}`
  bench.answering = (response, body) => void response.end(JSON.stringify({ echo: body, signature }))
  const rehearsal = await bench.prepare({ signature })
  expect(rehearsal.request.bodyText).toContain(signature)
  const answer = await bench.give(rehearsal)
  expect(bench.refunds[0]).toContain(signature)
  const kept = [
    answer.response,
    await client.actions.next({}),
    await client.actions.steps({ after: 0 }),
    await client.journal.next({ after: 0 }),
    await client.intents.get({ id: ID }),
  ]
  expect(JSON.stringify(kept)).not.toContain('5ec2e75ec2e7')
  expect(JSON.stringify(kept)).toContain('redacted:')
})
