import { afterEach, beforeEach, expect, test } from 'vitest'
import { declared } from '../../electron/upstreams/command.ts'
import { submitClawback } from '../../electron/upstreams/flashnet/commands/submitClawback.ts'
import { upstreamOf } from '../../electron/upstreams/index.ts'
import type { ActAnswer, Rehearsal } from '../../shared/api/action.ts'
import { mainIdOf } from '../../shared/intent/mainId.ts'
import { bareFlashnet, type BareFlashnet } from '../bareFlashnet.ts'
import { CHAIN_ID, flashnetWallet, SATS } from '../flashnetWallet.ts'
import { until } from '../until.ts'
import { ActingBench, against } from './actingBench.ts'

const KEY = '7c'.repeat(32)
/** A key for each connection: the gateway of the tests keeps one challenge of a key at a time. */
const KEYS = { FLOW_FLASHNET_ONE: KEY, FLOW_FLASHNET_TWO: '7d'.repeat(32) }
const SUBMISSION = '7d1f0c52-1a2b-4c3d-8e4f-5a6b7c8d9e0f'

const wallet = flashnetWallet(KEY)

let bench: ActingBench
let gateway: BareFlashnet

/** One gateway with a submission that came to nothing, watched over two connections, which takes all and answers nothing. */
beforeEach(async () => {
  bench = new ActingBench()
  Object.assign(process.env, KEYS)
  gateway = bench.keep(await bareFlashnet())
  gateway.carryOut = () => null
  const at = new Date().toISOString()
  const body = {
    submissionId: SUBMISSION,
    intentId: '5e'.repeat(32),
    status: 'EXPIRED',
    createdAt: at,
    updatedAt: at,
  }
  gateway.submissions.set(SUBMISSION, JSON.stringify(body))
  const settings = { chainId: CHAIN_ID, watch: [SUBMISSION] }
  const entry = { system: 'flashnet', url: gateway.url, settings }
  await bench.start([
    { ...entry, id: 'one', credential: 'env:FLOW_FLASHNET_ONE' },
    { ...entry, id: 'two', credential: 'env:FLOW_FLASHNET_TWO' },
  ])
  await until('both connections', async () => {
    const { connections } = await bench.client.connections.next({})
    return connections.length === 2 && connections.every(({ presence }) => presence.state === 'live')
  })
  await bench.shown(`one:${SUBMISSION}`, 'known', ({ status }) => status === 'EXPIRED')
})

afterEach(async () => {
  await bench.close()
  for (const name of Object.keys(KEYS)) process.env[name] = ''
})

/** The same clawback each time, about whatever it is said to be. */
function clawback(about: { intent?: string; connection?: string }): Promise<Rehearsal> {
  const input = wallet.clawback(EXPIRES_AT_MS, SATS.sparkTransferId)
  return bench.client.actions.prepare({ command: 'submitClawback', ...about, input })
}

const EXPIRES_AT_MS = Date.now() + 15 * 60_000

/** Filled in in three ways before any is given, so that none knows of the others. */
async function givenInThreeWays(): Promise<ActAnswer[]> {
  const drafts = [
    await clawback({ connection: 'one' }),
    await clawback({ intent: `one:${SUBMISSION}` }),
    await clawback({ connection: 'two' }),
  ]
  return Promise.all(drafts.map((draft) => bench.give(draft, 'unknown')))
}

test('a clawback is sent once, with or without its submission and over whichever connection', async () => {
  const answers = await givenInThreeWays()
  expect(gateway.commands).toHaveLength(1)
  expect(answers.map(({ outcome }) => outcome).filter((outcome) => outcome === 'unknown')).toHaveLength(1)
  const again = await clawback({ intent: `one:${SUBMISSION}` })
  expect(against(again)).toContain('no unsettled action: unmet')
  expect((await bench.give(again, 'unknown')).outcome).toBe('closed')
  expect(gateway.commands).toHaveLength(1)
})

test('the control: one that goes by the name of its submission is sent again and again', async () => {
  const flashnet = upstreamOf('flashnet')
  const byIntent = {
    ...declared(submitClawback),
    subject: ({ intent, connection }: Parameters<typeof submitClawback.subject>[0]) =>
      intent === null ? connection.id : mainIdOf(intent),
    alsoNamed: () => [],
  }
  const { commands } = flashnet
  Object.assign(flashnet, { commands: [byIntent] })
  await givenInThreeWays().finally(() => Object.assign(flashnet, { commands }))
  expect(gateway.commands).toHaveLength(3)
})
