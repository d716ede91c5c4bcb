import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Hex } from 'viem'
import { startSandbox } from '../../electron/sandbox/index.ts'
import { flashnetWallet, SATS, TOKENS } from '../flashnetWallet.ts'
import { fusionPlusOrder } from '../oneinchOrders.ts'
import { until } from '../until.ts'
import { ActingBench, against } from './actingBench.ts'

const SECRET: Hex = `0x${'9f'.repeat(32)}`
const RECIPIENT = `0x${'A1'.repeat(20)}`
const MINUTE_MS = 60_000

/** Finding out what became of a lost answer begins two seconds after it, on a machine that may be busy. */
const LIMIT = { timeout: 40_000 }

let bench: ActingBench

beforeEach(() => {
  bench = new ActingBench()
})

afterEach(() => bench.close())

describe('1inch Fusion+', () => {
  /** Ten times faster than life: a fill waits for its secret some 20 s, and all is over in less. */
  const RATE = 10

  test(
    'an order whose submission lost its answer is found, filled, given its secret and executed',
    LIMIT,
    async () => {
      const sandbox = bench.keep(
        await startSandbox({ seed: 3, rate: RATE, systems: ['oneinch-fusion-plus'] }),
      )
      Object.assign(process.env, sandbox.credentials)
      await bench.start(sandbox.connections)
      await bench.live()
      const [connection] = sandbox.connections
      const { body, orderHash } = await fusionPlusOrder(Date.now(), [SECRET])
      const order = { command: 'submitSignedOrder', connection: connection?.id ?? '', input: body }
      const rehearsal = await bench.client.actions.prepare(order)
      sandbox.faults['oneinch-fusion-plus'].apply('lose-reply 1')
      expect((await bench.give(rehearsal)).outcome).toBe('unknown')
      await bench.settledAt('accepted')

      const open = await until('the secret to be wanted', async () => {
        const asked = { command: 'submitSecret', intent: orderHash, input: { secret: SECRET } }
        const found = await bench.client.actions.prepare(asked)
        return against(found).length === 0 ? found : null
      })
      expect((await bench.give(open)).outcome).toBe('accepted')
      const done = await bench.shown(orderHash, 'executed', ({ status: word }) => word === 'executed')
      expect(done).toMatchObject({ phase: 'completed', moneyAtRisk: false, contradictions: [] })
      const history = sandbox.history['oneinch-fusion-plus']
      const counts = ['POST /relayer/submit', 'POST /relayer/submit/secret'].map(history.readingCount)
      expect(counts).toEqual([1, 1])
      const commands = (await bench.client.actions.next({})).actions.map(
        ({ command, state }) => `${command} ${state}`,
      )
      expect(commands).toEqual(['submitSecret accepted', 'submitSignedOrder accepted'])
    },
  )
})

test('the sandbox takes what its key has signed, once, and carries it out', async () => {
  const sandbox = await startSandbox({ seed: 7, rate: 200, systems: ['flashnet'] })
  const [demo] = sandbox.connections
  const name = demo?.credential.replace('env:', '') ?? ''
  const key = sandbox.credentials[name] ?? ''
  process.env[name] = key
  try {
    await bench.start([demo ?? {}])
    await bench.live()
    const file = flashnetWallet(key).deposit(Date.now() + 15 * MINUTE_MS, RECIPIENT, [SATS])
    const order = { command: 'submitSignedIntent', connection: demo?.id ?? '', input: { signedIntent: file } }
    const first = await bench.client.actions.prepare(order)
    const { outcome, response } = await bench.give(first)
    expect(outcome).toBe('accepted')
    const { submissionId, intentId } = response as { submissionId: string; intentId: string }
    expect(intentId).toBe(first.subject)
    const found = await bench.shown(submissionId, 'final', ({ phase }) => phase === 'completed')
    expect(found.deadlines).toEqual([{ kind: 'intentDeadline', atMs: file.expiresAt }])
    expect(found.contradictions).toEqual([])
    const again = await bench.client.actions.prepare(order)
    // The content is known by its id, which the order need not name.
    expect(against(again)).toEqual(['content not submitted before: unmet', 'not done before: unknown'])
    expect((await bench.give(again, 'unknown')).outcome).toBe('closed')
    const raw = await flashnetWallet(key).evmTransaction()
    const running = flashnetWallet(key).execute(Date.now() + 15 * MINUTE_MS, raw)
    const third = await bench.client.actions.prepare({ ...order, input: { signedIntent: running } })
    expect(await bench.give(third)).toMatchObject({
      outcome: 'accepted',
      response: { intentId: third.subject },
    })
    sandbox.faults.flashnet.apply('lose-reply')
    const other = flashnetWallet(key).deposit(Date.now() + 15 * MINUTE_MS, RECIPIENT, [TOKENS])
    const lost = await bench.client.actions.prepare({ ...order, input: { signedIntent: other } })
    expect((await bench.give(lost)).outcome).toBe('unknown')
    expect(sandbox.history.flashnet.readingCount('POST /api/v1/execute')).toBe(3)
  } finally {
    await bench.stop()
    await sandbox.close()
  }
})
