import { createRouterClient, ORPCError } from '@orpc/server'
import { expect, test } from 'vitest'
import { contract } from '../../../shared/api/contract.ts'
import { Failure } from '../../../shared/api/failure.ts'
import type { Store } from '../../store/store.ts'
import { systemClock } from '../../upstreams/kit/clock.ts'
import type { Desk } from '../desk.ts'
import { FeedSet } from '../feedSet.ts'
import { routerOf } from './router.ts'

/** A desk whose store fails at everything in the same way. */
function deskOn(failing: () => never): { desk: Desk; logged: string[] } {
  const logged: string[] = []
  const store = new Proxy({}, { get: () => () => Promise.reject(caught(failing)) }) as Store
  const desk: Desk = {
    store,
    feeds: new FeedSet({ version: 0, lastSeq: 0 }),
    clock: systemClock,
    logger: {
      error: (_, facts) => logged.push(String(facts?.['reason'])),
      warn: () => undefined,
      info: () => undefined,
      debug: () => undefined,
    },
    profilesDir: '/nowhere',
    status: failing,
    summaries: failing,
    live: null,
  }
  return { desk, logged }
}

function caught(failing: () => never): Error {
  try {
    return failing()
  } catch (reason) {
    if (reason instanceof Error) return reason
    throw reason
  }
}

type Call = (input: unknown) => Promise<unknown>

/** Every procedure of the contract by its path. */
function callsOf(desk: Desk): [string, Call][] {
  const client = createRouterClient(routerOf(desk)) as unknown as Record<string, Record<string, Call>>
  return Object.entries(contract).flatMap(([group, entries]) =>
    Object.keys(entries).map((name): [string, Call] => {
      const call = client[group]?.[name]
      if (call === undefined) throw new Error(`Nothing answers ${group}.${name}.`)
      return [`${group}.${name}`, call]
    }),
  )
}

async function refusal(call: Promise<unknown>): Promise<ORPCError<string, unknown>> {
  try {
    await call
  } catch (reason) {
    if (reason instanceof ORPCError) return reason as ORPCError<string, unknown>
    throw reason
  }
  throw new Error('The call was answered.')
}

const PLANTED = new Error('boom in /home/someone/secret.ts')

test('whatever comes in, every procedure answers or fails as the contract says', async () => {
  const { desk } = deskOn(() => {
    throw PLANTED
  })
  const nasty = [undefined, null, 0, false, '', [], 'x', { __proto__: null }, { since: -1, id: {}, query: 7 }]
  for (const [path, call] of callsOf(desk)) {
    for (const input of nasty) {
      const outcome = await call(input).catch((reason: unknown) => reason)
      if (outcome instanceof Error) {
        expect(outcome, `${path} ${JSON.stringify(input)}`).toMatchObject({ code: 'FAILED', defined: true })
      }
    }
  }
})

test('a defect reaches the caller as a sentence without stack or path, and the log with both', async () => {
  const { desk, logged } = deskOn(() => {
    throw PLANTED
  })
  const client = createRouterClient(routerOf(desk))
  const refused = await refusal(client.intents.find({ query: 'is:stuck' }))
  expect(refused.data).toMatchObject({ code: 'internal', isRetryable: false })
  expect(JSON.stringify(refused)).not.toContain('secret')
  expect(logged.join()).toContain('/home/someone/secret.ts')
})

test('a failure reaches the caller whole', async () => {
  const failure = new Failure('not-found', 'No such intent.', { tip: 'Look again.', facts: { id: 'x' } })
  const { desk } = deskOn(() => {
    throw failure
  })
  const client = createRouterClient(routerOf(desk))
  expect((await refusal(client.intents.get({ id: 'x' }))).data).toEqual(failure.toJSON())
})

test('a wrong input is usage, with the place', async () => {
  const { desk } = deskOn(() => {
    throw PLANTED
  })
  const client = createRouterClient(routerOf(desk))
  const refused = await refusal(client.intents.next({ sort: { by: 'size' as 'changed' }, limit: 0 }))
  expect(refused.data).toMatchObject({ code: 'usage' })
  expect(refused.message).toMatch(/sort\.by: .* limit: /)
})

test('a setting that does not exist is refused by name before the store is asked', async () => {
  const { desk } = deskOn(() => {
    throw PLANTED
  })
  const writing = { ...desk, live: { store: desk.store } as unknown as NonNullable<Desk['live']> }
  const client = createRouterClient(routerOf(writing))
  const refused = await refusal(client.settings.set({ changes: { colour: 'red' } }))
  expect(refused.data).toMatchObject({ code: 'usage' })
  expect(refused.message).toContain('colour')
})

test('a reader refuses what only the holder of the folder can do', async () => {
  const { desk } = deskOn(() => {
    throw PLANTED
  })
  const client = createRouterClient(routerOf(desk))
  for (const call of [
    client.connections.reconnect({ connection: 'c' }),
    client.connections.test({ connection: 'c' }),
    client.intents.watch({ connection: 'c', id: 'x', isWatched: true }),
    client.settings.set({ changes: {} }),
    client.profiles.use({ name: 'demo' }),
  ]) {
    expect((await refusal(call)).data).toMatchObject({ code: 'closed' })
  }
})
