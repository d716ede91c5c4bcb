import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Actions } from '../../electron/engine/actions/actions.ts'
import { openReader } from '../../electron/engine/reader.ts'
import { readProfile } from '../../electron/engine/profile.ts'
import { systemClock } from '../../electron/upstreams/kit/clock.ts'
import { createRouterClient } from '@orpc/server'
import { Failure } from '../../shared/api/failure.ts'
import type { Store } from '../../electron/store/store.ts'
import { settableClock } from '../settableClock.ts'
import { until } from '../until.ts'
import { ID, type ConsoleSketch } from './actingConsole.ts'
import { ActionBench } from './actionBench.ts'

let bench: ActionBench

beforeEach(async () => {
  bench = await ActionBench.open()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await bench.close()
})

/** Consoles that send nothing, each with what it says. */
const CLOSED: [name: string, sketch: ConsoleSketch, says: string][] = [
  ['started with --read-only', { options: { isReadOnly: true } }, '--read-only'],
  ['with a read-only profile', { readOnly: true }, 'read-only'],
  ['with a production profile that says nothing', { environment: 'production' }, 'read-only'],
  ['in a browser without --allow-actions', { options: { areActionsAllowed: false } }, '--allow-actions'],
  ['in production, locked', { environment: 'production', readOnly: false }, 'locked'],
]

test.each(CLOSED)('a console %s rehearses and sends nothing', async (_, sketch, says) => {
  const client = await bench.start(sketch)
  const rehearsal = await bench.prepare()
  const answer = await bench.give(rehearsal)
  expect(answer.outcome).toBe('closed')
  expect(answer.why).toContain(says)
  const { gate, commands } = await client.actions.offered({ intent: ID })
  expect(gate.isOpen).toBe(false)
  expect(commands).toMatchObject([{ name: 'tinyRefund', isOpen: false }])
  expect(await client.status.next({})).toMatchObject({ actions: { isAllowed: false, isOpen: false } })
  expect(bench.refunds).toEqual([])
  expect(await client.actions.next({})).toMatchObject({ actions: [] })
})

test.each(CLOSED)('the control: the same console %s sends when its gate is forced', async (_, sketch) => {
  vi.spyOn(Actions.prototype, 'gate').mockReturnValue({
    ...{ isOpen: true, why: '', tip: '', canUnlock: false, unlockedUntilMs: null },
  })
  await bench.start(sketch)
  expect((await bench.give(await bench.prepare())).outcome).toBe('accepted')
  expect(bench.refunds).toHaveLength(1)
})

test('a locked production profile is unlocked for minutes, with its name and a reason, and locked again', async () => {
  const client = await bench.start({ environment: 'production', readOnly: false })
  const rehearsal = await bench.prepare()
  const unlocking = { minutes: 5, reason: 'Case 4711', confirm: 'acting' }
  await expect(client.actions.unlock({ ...unlocking, confirm: 'other' })).rejects.toMatchObject({
    data: { code: 'closed' },
  })
  const gate = await client.actions.unlock(unlocking)
  expect(gate.isOpen).toBe(true)
  expect(gate.unlockedUntilMs).toBeGreaterThan(Date.now())
  expect((await bench.give(rehearsal)).outcome).toBe('accepted')
  expect((await client.actions.lock({})).isOpen).toBe(false)
  bench.push('matched', { updatedAt: new Date(1_760_000_060_000).toISOString() })
  expect((await bench.give(await bench.prepare())).outcome).toBe('closed')
  expect(bench.refunds).toHaveLength(1)
  const { steps } = await client.actions.steps({ after: 0 })
  expect(steps.map(({ kind }) => kind)).toEqual(['unlocked', 'sending', 'accepted', 'locked'])
  expect(steps[0]).toMatchObject({ why: 'Case 4711', facts: { profile: 'acting', minutes: '5' } })
  // A restart forgets it.
  await client.actions.unlock(unlocking)
  const afterwards = await bench.start({ environment: 'production', readOnly: false })
  expect((await afterwards.status.next({})).actions).toMatchObject({ isOpen: false, canUnlock: true })
})

test('a connection that is not heard is closed, whether it broke before or after the rehearsal', async () => {
  await bench.start()
  const before = await bench.prepare()
  bench.fusion.shutOut()
  await until('the connection to break', async () => {
    const [connection] = (await bench.client.connections.next({})).connections
    return connection?.presence.state !== 'live'
  })
  const moved = await bench.give(before)
  expect(moved.outcome).toBe('refused')
  expect(moved.changes).toContainEqual({ field: 'condition: connection live', was: 'met', is: 'unmet' })
  const during = await bench.prepare()
  expect(during.isOpen).toBe(false)
  expect((await bench.give(during, { acknowledge: 'unknown' })).outcome).toBe('closed')
  expect(bench.refunds).toEqual([])
})

test('a disk that refuses lets nothing out, since it could not be recorded first', async () => {
  let isFull = false
  const small = (store: Store): Store => ({
    ...store,
    recordStep: (step) =>
      isFull ? Promise.reject(new Failure('disk', 'The disk is full.')) : store.recordStep(step),
  })
  await bench.start({ wrap: small })
  const rehearsal = await bench.prepare()
  isFull = true
  const answer = await bench.give(rehearsal)
  expect(answer).toMatchObject({ outcome: 'closed' })
  expect(answer.why).toContain('The disk is full.')
  expect(bench.refunds).toEqual([])
  isFull = false
  expect((await bench.give(rehearsal)).outcome).toBe('accepted')
  expect(bench.refunds).toHaveLength(1)
})

test('an outcome that the disk refuses is told, holds its lock, and is recorded as soon as it can be', async () => {
  let isFull = false
  const small = (store: Store): Store => ({
    ...store,
    recordStep: (step) =>
      isFull && step.kind !== 'sending'
        ? Promise.reject(new Failure('disk', 'The disk is full.'))
        : store.recordStep(step),
  })
  const clock = settableClock(1_760_000_100_000)
  await bench.start({ wrap: small, options: { clock } })
  const rehearsal = await bench.prepare()
  isFull = true
  const answer = await bench.give(rehearsal)
  expect(answer).toMatchObject({ outcome: 'accepted' })
  expect(answer.why).toContain('could not be recorded yet')
  expect((await bench.action('sending', () => true)).state).toBe('sending')
  expect((await bench.prepare()).isOpen).toBe(false)
  clock.advance(5_000)
  isFull = false
  const settled = await until('the outcome', async () => {
    clock.advance(1_000)
    const { actions } = await bench.client.actions.next({})
    return actions[0]?.state === 'accepted' ? actions[0] : null
  })
  expect(settled.steps.map(({ kind }) => kind)).toEqual(['sending', 'accepted'])
  expect(bench.refunds).toHaveLength(1)
})

test('while the journal cannot be written the gate is shut, and opens by itself afterwards', async () => {
  let isFull = false
  const small = (store: Store): Store => ({
    ...store,
    append: (batch) =>
      isFull ? Promise.reject(new Failure('disk', 'The disk is full.')) : store.append(batch),
  })
  const client = await bench.start({ wrap: small })
  const rehearsal = await bench.prepare()
  isFull = true
  bench.push('matched', { updatedAt: new Date(1_760_000_060_000).toISOString() })
  await until('the gate to shut', async () => !(await client.status.next({})).actions.isOpen)
  const answer = await bench.give(rehearsal)
  expect(answer).toMatchObject({ outcome: 'closed' })
  expect(answer.why).toContain('no action could be recorded')
  isFull = false
  await until('the gate to open', async () => (await client.status.next({})).actions.isOpen)
  expect(bench.refunds).toEqual([])
})

test('a reader of the folder refuses every call that does anything', async () => {
  await bench.start()
  const { draft, hash } = await bench.prepare()
  const profile = readProfile(
    JSON.stringify({ name: 'reading', environment: 'sandbox', connections: [] }),
    'the profile',
  )
  const quiet = (): void => undefined
  const reader = await openReader({
    ...{ store: bench.store, profile, isDemo: false, dataDir: bench.dataDir, consoleVersion: '0.0.0' },
    clock: systemClock,
    logger: { error: quiet, warn: quiet, info: quiet, debug: quiet },
  })
  const { actions } = createRouterClient(reader.router)
  const order = { command: 'tinyRefund', intent: ID, input: {} }
  for (const call of [
    () => actions.offered({ intent: ID }),
    () => actions.prepare(order),
    () => actions.read({ ...order, command: 'tinyLook' }),
    () => actions.give({ draft, hash, reason: 'x', confirm: 'beef42' }),
    () => actions.approvalRequest({ draft }),
    () => actions.resolve({ action: draft, wasCarriedOut: false, reason: 'x' }),
    () => actions.unlock({ minutes: 1, reason: 'x', confirm: 'reading' }),
    () => actions.bulkPrepare({ command: 'tinyRefund', intents: [ID] }),
  ]) {
    await expect(call()).rejects.toMatchObject({ data: { code: 'closed' } })
  }
  expect(await actions.next({})).toMatchObject({ actions: [] })
  await reader.close()
  expect(bench.refunds).toEqual([])
})
