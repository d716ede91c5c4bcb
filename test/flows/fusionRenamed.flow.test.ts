import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Rehearsal } from '../../shared/api/action.ts'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { ActingBench, against } from './actingBench.ts'

const CLIENT_ID = `0x${'a1'.repeat(31)}beef42`
const CONTRACT_ID = `0x${'b2'.repeat(31)}cafe17`
const MIDNIGHT = 2_147_483_647
const REFUNDS = 'POST /api/midnight/refund/prepare'

let bench: ActingBench
let backend: BareFusion

beforeEach(async () => {
  bench = new ActingBench()
  backend = bench.keep(await bareFusion())
  say(CLIENT_ID, CLIENT_ID)
  const settings = { watch: [CLIENT_ID] }
  await bench.start([{ id: 'fusion-test', system: 'fusion', url: backend.url, credential: 'none', settings }])
  await bench.live()
  await bench.shown(CLIENT_ID, 'known', ({ status }) => status === 'failed')
})

afterEach(() => bench.close())

/** Asked for one id, the backend answers from now on with another. */
function say(asked: string, intentId: string): void {
  const body = { intentId, status: 'failed', fromChain: MIDNIGHT, txHashes: { sourceLock: '0xlock' } }
  backend.intents.set(asked, JSON.stringify({ ...body, updatedAt: '2026-11-21T14:00:00.000Z' }))
}

function prepared(): Promise<Rehearsal> {
  return bench.client.actions.prepare({ command: 'prepareRefund', intent: CLIENT_ID, input: {} })
}

function refunds(): string[] {
  return backend.reads.filter((read) => read === REFUNDS)
}

test('about an intent that its system has just said not to know nothing is sent, whatever is acknowledged', async () => {
  backend.intents.clear()
  const rehearsal = await prepared()
  expect(against(rehearsal)).toContain('known to its system: unmet')
  expect(rehearsal.isOpen).toBe(false)
  expect((await bench.give(rehearsal, 'unknown')).outcome).toBe('closed')
  expect(refunds()).toEqual([])
  // The control: while it knows it, the same acknowledgement lets the request go.
  say(CLIENT_ID, CLIENT_ID)
  await bench.give(await prepared(), 'unknown')
  expect(refunds()).toEqual([REFUNDS])
})

test('one that the contract has given another id is asked about by the id that the system answers to', async () => {
  say(CLIENT_ID, CONTRACT_ID)
  await bench.client.intents.reread({ id: CLIENT_ID })
  await bench.shown(CONTRACT_ID, 'linked', ({ row }) => row.mainId === CLIENT_ID)
  backend.intents.clear()
  say(CONTRACT_ID, CONTRACT_ID)
  const rehearsal = await prepared()
  expect(against(rehearsal)).not.toContain('known to its system: unmet')
  expect(rehearsal).toMatchObject({
    subject: CONTRACT_ID,
    intent: { mainId: CLIENT_ID },
    confirmation: { tail: CLIENT_ID.slice(-6) },
    request: { bodyText: JSON.stringify({ intentId: CONTRACT_ID }) },
  })
  await bench.give(rehearsal, 'unknown')
  expect(refunds()).toEqual([REFUNDS])
})
