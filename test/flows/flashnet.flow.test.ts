import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ConnectionSummary } from '../../shared/api/presence.ts'
import type { IntentDetail } from '../../shared/api/row.ts'
import { startSandbox } from '../../electron/sandbox/index.ts'
import { bareFlashnet, type BareFlashnet } from '../bareFlashnet.ts'
import { until } from '../until.ts'
import { runningConsole, type RunningConsole } from './runningConsole.ts'

/** A key that guards nothing. */
const KEY = '7c'.repeat(32)
const KEY_NAME = 'FLOW_FLASHNET_KEY'

const FIRST = '7d1f0c52-1a2b-4c3d-8e4f-5a6b7c8d9e0f'
const SECOND = '00000000-1a2b-4c3d-8e4f-5a6b7c8d9e0f'
const TRANSACTION = `0x${'9b'.repeat(32)}`

let dataDir: string
let gateway: BareFlashnet
let running: RunningConsole

beforeEach(async () => {
  vi.stubEnv(KEY_NAME, KEY)
  dataDir = mkdtempSync(join(tmpdir(), 'flow-'))
  gateway = await bareFlashnet()
})

afterEach(async () => {
  await running.close()
  await gateway.close()
  rmSync(dataDir, { recursive: true })
  vi.unstubAllEnvs()
})

/** A console that watches these, with settings that let a loss be seen within a test. */
async function watching(watch: string[], settings: object = {}): Promise<void> {
  running = await runningConsole(dataDir, [
    {
      id: 'flash',
      system: 'flashnet',
      url: `${gateway.url}/`,
      credential: `env:${KEY_NAME}`,
      settings: { watch, pingIntervalMs: 1_000, staleAfterMs: 3_000, ...settings },
    },
  ])
}

async function connection(): Promise<ConnectionSummary> {
  const [found] = (await running.client.connections.next({})).connections
  if (found === undefined) throw new Error('The connection is not listed.')
  return found
}

/** The gateway's word on a submission. */
function say(submissionId: string, status: string, more: object = {}): void {
  const body = {
    submissionId,
    intentId: '95cdc5ddb9df920b8c8bbc72c60f529624f95aeab8e4e2595baae91dc19b14cb'.replace(
      '95',
      submissionId.slice(0, 2),
    ),
    status,
    createdAt: new Date(Date.now() - 10_000).toISOString(),
    updatedAt: new Date().toISOString(),
    ...more,
  }
  gateway.submissions.set(submissionId, JSON.stringify(body))
}

/** Waits until a submission is as it should be. */
function shown(id: string, what: string, holds: (intent: IntentDetail) => boolean): Promise<IntentDetail> {
  return until(`the submission to be ${what}`, async () => {
    const found = await running.client.intents.get({ id }).catch(() => null)
    return found !== null && holds(found.intent) ? found.intent : null
  })
}

function readsOf(id: string): number {
  return gateway.reads.filter((read) => read === `GET /api/v1/intents/${id}`).length
}

test('a watched submission is read with a token until it is final, and found by what it says', async () => {
  say(FIRST, 'ACCEPTED')
  await watching([FIRST])
  await shown(FIRST, 'accepted', ({ phase }) => phase === 'open')
  say(FIRST, 'INCLUDED_PENDING_FINALITY', { executionTxHash: TRANSACTION })
  await shown(FIRST, 'included', ({ phase, moneyAtRisk }) => phase === 'executing' && moneyAtRisk)
  say(FIRST, 'FINALIZED', { executionTxHash: TRANSACTION })
  const found = await shown(FIRST, 'final', ({ phase }) => phase === 'completed')
  expect(found).toMatchObject({
    system: 'flashnet',
    status: 'FINALIZED',
    isTerminal: true,
    moneyAtRisk: false,
  })
  expect(found.id).toBe(`flash:${FIRST}`)
  expect(found.stages.map(({ status }) => status)).toEqual([
    'ACCEPTED',
    'INCLUDED_PENDING_FINALITY',
    'FINALIZED',
  ])
  expect(found.timeline.every(({ origin }) => origin === 'poll')).toBe(true)
  const [byTransaction] = await running.client.intents.find({ query: TRANSACTION.slice(2, 20) })
  expect(byTransaction?.id).toBe(found.id)
  expect((await connection()).presence).toMatchObject({ state: 'live', reason: '' })
  expect(gateway.tokens).toHaveLength(1)

  // Over means over: it is not asked for again while the others are.
  const readCount = readsOf(FIRST)
  say(SECOND, 'accepted')
  await running.client.intents.watch({ connection: 'flash', id: SECOND, isWatched: true })
  await until('several readings of the other', () => readsOf(SECOND) >= 2)
  expect(readsOf(FIRST)).toBe(readCount)
})

test('what came to nothing is told apart by its cause, and its deposits stay at risk', async () => {
  const output = `0x4e487b71${'11'.padStart(64, '0')}`
  const statusMessage = `payload_flagged:stage=Execute outcome=Reverted intent_index=0 tx_hash=${TRANSACTION} reason=reverted:gas_used=21000 output=${output}`
  say(FIRST, 'EXPIRED', { statusMessage })
  say(SECOND, 'expired', { statusMessage: null })
  await watching([FIRST, SECOND])
  const reverted = await shown(FIRST, 'failed', ({ phase }) => phase === 'failed')
  const late = await shown(SECOND, 'expired', ({ phase }) => phase === 'expired')
  for (const found of [reverted, late]) expect(found).toMatchObject({ isTerminal: true, moneyAtRisk: true })
  expect(late.status).toBe('expired')
  const execution = reverted.panels.find(({ title }) => title === 'Execution')
  expect(JSON.stringify(execution)).toContain('arithmetic overflow or underflow (0x11)')
  expect(reverted.course[0]?.label).toBe('Failed: the transaction reverted')
})

test('an id that the gateway does not know, and one that nobody can ask for, say so', async () => {
  await watching([FIRST, 'no/such id'])
  const unknown = await shown(FIRST, 'unknown', ({ isNotFound }) => isNotFound)
  expect(unknown.status).toBe('')
  const refused = await shown('flash:no/such id', 'refused', ({ details }) => details['watch'] !== undefined)
  expect(refused.details['watch']).toContain('cannot ask for this id')
  say(FIRST, 'ACCEPTED')
  await running.client.intents.reread({ id: FIRST })
  await shown(FIRST, 'known', ({ isNotFound, phase }) => !isNotFound && phase === 'open')
  expect(gateway.reads.some((read) => read.includes('no'))).toBe(false)
})

test('a token that ends is got anew once, and no token or key is ever kept', async () => {
  say(FIRST, 'ACCEPTED')
  await watching([FIRST])
  await shown(FIRST, 'accepted', ({ phase }) => phase === 'open')
  gateway.expireTokens()
  // A gateway that repeats what it was sent must not get it into the journal.
  say(FIRST, 'INCLUDED_PENDING_FINALITY', { statusMessage: `seen ${gateway.tokens[0] ?? ''} and ${KEY}` })
  const found = await shown(FIRST, 'included', ({ phase }) => phase === 'executing')
  expect(gateway.tokens).toHaveLength(2)
  expect((await connection()).gaps).toEqual([])
  const { event } = await running.client.intents.raw({ seq: found.timeline.at(-1)?.seq ?? 0 })
  for (const secret of [...gateway.tokens, KEY]) {
    expect(event.payload).not.toContain(secret)
    expect(JSON.stringify([found, await connection(), running.log])).not.toContain(secret)
  }
})

test('a gateway that goes away leaves a gap with its bounds, and what happened meanwhile is repaired', async () => {
  say(FIRST, 'ACCEPTED')
  await watching([FIRST])
  await shown(FIRST, 'accepted', ({ phase }) => phase === 'open')
  gateway.answer = (request) => {
    request.socket.destroy()
    return true
  }
  await until('the loss', async () => (await connection()).presence.state === 'retrying')
  await until('the open gap', async () => (await connection()).gaps[0]?.untilMs === null)
  say(FIRST, 'FINALIZED')
  gateway.answer = () => false
  await running.client.connections.reconnect({ connection: 'flash' })
  const found = await shown(FIRST, 'final', ({ phase }) => phase === 'completed')
  expect(found.timeline.find(({ status }) => status === 'FINALIZED')?.origin).toBe('repair')
  const { gaps } = await until('the repair', async () => {
    const seen = await connection()
    return (seen.gaps[0]?.repairedAtMs ?? null) === null ? null : seen
  })
  expect(gaps).toMatchObject([{ repairedCount: 1, repairFailedCount: 0 }])
  expect(gaps[0]?.untilMs).toBeGreaterThan(gaps[0]?.fromMs ?? Infinity)
})

test('another deposit address than the expected one is an alarm on a connection that lives', async () => {
  await watching([], { depositAddress: 'sprt1pgssexpected' })
  const { presence } = await until('the alarm', async () => {
    const seen = await connection()
    return seen.presence.state === 'live' && seen.presence.reason !== '' ? seen : null
  })
  expect(presence.reason).toContain('was sprt1pgssexpected and is sprt1pgss8gateway now')
  expect(presence.tip).toContain('Tell nobody to deposit')
})

test('a key that is not let in waits for another one, and asks no more', async () => {
  gateway.answer = (request, response) => {
    if (request.url !== '/api/v1/auth/verify') return false
    response.writeHead(403).end('no')
    return true
  }
  await watching([FIRST])
  const { presence } = await until('the refusal', async () => {
    const seen = await connection()
    return seen.presence.state === 'needs-credentials' ? seen : null
  })
  expect(presence.nextRetryAtMs).toBeNull()
  expect(presence.tip).toContain('credential set')
  expect(gateway.reads.filter((read) => read.endsWith('/auth/verify'))).toHaveLength(1)
})

test('the sandbox’s submissions become rows, whatever it does meanwhile', async () => {
  const sandbox = await startSandbox({ seed: 7, rate: 20, systems: ['flashnet'] })
  const [demo] = sandbox.connections
  const credentialName = demo?.credential.replace('env:', '') ?? ''
  vi.stubEnv(credentialName, sandbox.credentials[credentialName])
  try {
    running = await runningConsole(dataDir, [demo ?? {}])
    const rowsOf = (query: string) => running.client.intents.find({ query, limit: 200 })
    await until('submissions in every phase', async () => {
      const phases = new Set((await rowsOf('system:flashnet')).map(({ phase }) => phase))
      return ['open', 'executing', 'completed', 'failed'].every((phase) => phases.has(phase as never))
    })
    for (const fault of ['expire-token', 'garble 20', 'backward 200', 're-key'])
      sandbox.faults.flashnet.apply(fault)
    await until('a broken answer', async () => (await connection()).quarantinedCount > 0)
    await until('a word taken back', async () => (await rowsOf('is:contradicted')).length > 0)
    expect((await connection()).presence.state).not.toBe('retrying')
    expect((await connection()).gaps).toEqual([])
  } finally {
    await sandbox.close()
  }
})
