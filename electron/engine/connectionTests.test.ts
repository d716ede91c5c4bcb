import { expect, test } from 'vitest'
import { settableClock } from '../../test/settableClock.ts'
import { until } from '../../test/until.ts'
import { Failure } from '../../shared/api/failure.ts'
import type { TestStep } from '../../shared/api/presence.ts'
import type { TestSite } from '../upstreams/upstream.ts'
import type { Connection } from './connection.ts'
import { ConnectionTests } from './connectionTests.ts'

type TestRun = (site: TestSite) => AsyncIterable<TestStep>

function step(name: string, state: TestStep['state']): TestStep {
  return { name, state, text: '', tookMs: null }
}

function tested(run: TestRun): Connection {
  return {
    id: 'fusion-test',
    withoutCredential: (text: string) => text,
    testSite: (signal: AbortSignal) => ({ signal }),
    upstream: { load: () => Promise.resolve({ test: run }) },
  } as unknown as Connection
}

function tests() {
  const clock = settableClock()
  const failed: string[] = []
  const all = new ConnectionTests({
    clock,
    inBackground: (name, promise) => {
      promise.catch(() => failed.push(name))
    },
  })
  return { clock, all, failed }
}

test('steps are told as they change, the newest word on each, and the end is told', async () => {
  const { clock, all } = tests()
  const name = all.start(
    tested(async function* () {
      yield await Promise.resolve(step('tcp', 'running'))
      yield step('tcp', 'passed')
      yield step('handshake', 'passed')
    }),
  )
  const done = await until('the end', async () => {
    const seen = await all.next({ test: name, since: 0, waitMs: 0 })
    return seen.isDone ? seen : null
  })
  expect(done.steps).toEqual([step('tcp', 'passed'), step('handshake', 'passed')])
  expect(clock.pending()).toBe(0)
})

/** A test that waits for its own end in its first step. */
function endless(): { connection: Connection; hasEnded: () => boolean } {
  let isEnded = false
  const connection = tested(async function* ({ signal }) {
    yield step('tcp', 'passed')
    yield step('handshake', 'running')
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve)
    })
    isEnded = true
    yield step('handshake', 'failed')
  })
  return { connection, hasEnded: () => isEnded }
}

test('a cancelled test ends at once, with what it found so far, and another can begin', async () => {
  const { clock, all, failed } = tests()
  const { connection, hasEnded } = endless()
  const name = all.start(connection)
  const seen = () => all.next({ test: name, since: 0, waitMs: 0 })
  await until('its steps', async () => (await seen()).steps.length === 2)
  expect(all.cancel(name)).toBe(true)
  const cancelled = [step('tcp', 'passed'), step('handshake', 'skipped')]
  expect(await seen()).toMatchObject({ isDone: true, isCancelled: true, steps: cancelled })
  await until('the end of its link', hasEnded)
  await until('its timer to be gone', () => clock.pending() === 0)
  expect((await seen()).steps).toEqual(cancelled)
  expect(failed).toEqual([])
  expect([all.cancel(name), all.cancel('no such test')]).toEqual([false, false])
  expect(all.start(connection)).not.toBe(name)
  all.close()
})

test('a test goes on as long as one page reads it, and ends when the last one goes away', async () => {
  const { all } = tests()
  const { connection, hasEnded } = endless()
  const name = all.start(connection)
  await until(
    'its steps',
    async () => (await all.next({ test: name, since: 0, waitMs: 0 })).steps.length === 2,
  )
  const { version: since } = await all.next({ test: name, since: 0, waitMs: 0 })
  const [one, other] = [new AbortController(), new AbortController()]
  const reading = [one, other].map(({ signal }) => all.next({ test: name, since, waitMs: 20_000, signal }))
  one.abort()
  expect(await reading[0]).toMatchObject({ isDone: false })
  other.abort()
  expect(await reading[1]).toMatchObject({ isDone: true, isCancelled: true })
  await until('the end of its link', hasEnded)
})

test('a second test of a connection joins the one under way', () => {
  const { all } = tests()
  const { connection } = endless()
  expect(all.start(connection)).toBe(all.start(connection))
  all.close()
})

test('a test that does not end is ended after a minute', async () => {
  const { clock, all } = tests()
  let isAborted = false
  const name = all.start(
    tested(async function* ({ signal }) {
      yield step('tcp', 'running')
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve)
      })
      isAborted = true
    }),
  )
  await until(
    'its first step',
    async () => (await all.next({ test: name, since: 0, waitMs: 0 })).steps.length === 1,
  )
  clock.advance(60_000)
  await until('its end', async () => (await all.next({ test: name, since: 0, waitMs: 0 })).isDone)
  expect(isAborted).toBe(true)
})

test('what breaks a test is its last step; a defect also reaches the log', async () => {
  const { all, failed } = tests()
  const broken = all.start(
    tested(async function* () {
      yield await Promise.reject(new Failure('upstream', 'It hung up.', { tip: 'Ask why.' }))
    }),
  )
  const { steps } = await until('the end', async () => {
    const seen = await all.next({ test: broken, since: 0, waitMs: 0 })
    return seen.isDone ? seen : null
  })
  expect(steps).toMatchObject([{ state: 'failed', text: 'It hung up. Ask why.' }])
  expect(failed).toEqual([])
  all.start(
    tested(async function* () {
      yield await Promise.reject(new Error('a defect'))
    }),
  )
  await until('the log', () => failed.length === 1)
})

test('ten minutes after its end a test is forgotten', async () => {
  const { clock, all } = tests()
  const name = all.start(
    tested(async function* () {
      yield await Promise.resolve(step('tcp', 'passed'))
    }),
  )
  await until('the end', async () => (await all.next({ test: name, since: 0, waitMs: 0 })).isDone)
  clock.advance(10 * 60_000 + 1)
  await expect(all.next({ test: name, since: 0, waitMs: 0 })).rejects.toMatchObject({ code: 'not-found' })
})
