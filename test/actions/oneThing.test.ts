import { describe, expect, test } from 'vitest'
import { siteOf } from '../../electron/engine/actions/register.ts'
import { workedOut } from '../../electron/engine/actions/worked.ts'
import { upstreamOf, upstreams } from '../../electron/upstreams/index.ts'
import { isSameThing, type Thing } from '../../shared/api/sameThing.ts'
import { unheardIntent } from '../../shared/intent/fold.ts'
import { connectionId, intentIdOf, type SystemName } from '../../shared/intent/ids.ts'
import type { Intent } from '../../shared/intent/intent.ts'
import { ASKED } from '../defiPermit.ts'
import { flashnetWallet, SATS, TOKENS } from '../flashnetWallet.ts'
import { fusionOrder, fusionPlusOrder, MAKER } from '../oneinchOrders.ts'

const NOW_MS = 1_800_000_000_000
const OLD_ID = `0x${'a1'.repeat(32)}`
const NEW_ID = `0x${'b2'.repeat(32)}`
const OTHER_ID = `0x${'c3'.repeat(32)}`
const SECRET = `0x${'5e'.repeat(32)}`
const TX_HASH = `0x${'7a'.repeat(32)}`

/** One way of asking for a deed. */
interface Way {
  /** Names of the intent, the first one met in front; absent where none is named. */
  intent?: string[]
  connection?: string
  input?: object
}

/** Two or more ways of asking for one deed, and one for another. */
interface Row {
  same: [Way, Way, ...Way[]]
  other: Way
}

/** The same intent: by the id it had first, by the one that came after it, and over another connection. */
function ofIntent(input: object): Row {
  return {
    same: [
      { intent: [OLD_ID], input },
      { intent: [OLD_ID, NEW_ID], input },
      { intent: [OLD_ID.toUpperCase().replace('0X', '0x')], input },
      { intent: [NEW_ID, OLD_ID], connection: 'two', input },
    ],
    other: { intent: [OTHER_ID], input },
  }
}

const wallet = flashnetWallet('7c'.repeat(32))
const deposit = wallet.deposit(NOW_MS, `0x${'a1'.repeat(20)}`)
const clawback = wallet.clawback(NOW_MS, SATS.sparkTransferId)
const upperCase = wallet.clawback(NOW_MS + 1, SATS.sparkTransferId.toUpperCase())
const order = (await fusionOrder(NOW_MS)).body
const plusOrder = (await fusionPlusOrder(NOW_MS, [SECRET])).body
const withoutSecrets = { ...plusOrder, secretHashes: undefined }
const signed = {
  intentId: OLD_ID,
  sender: MAKER.address,
  fromChain: 421_614,
  toChain: 84_532,
  fromToken: `0x${'01'.repeat(20)}`,
  toToken: `0x${'02'.repeat(20)}`,
  amount: '5',
  minAmountOut: '4',
  recipient: `0x${'03'.repeat(20)}`,
  nonce: '4',
  deadline: 1_900_000_000,
  signature: `0x${'0d'.repeat(65)}`,
}
const reported = { sessionId: 's-1', txHash: TX_HASH }

/** Every command that changes anything: what it is about, told in ways that must not be taken for different deeds. */
const TABLE: Record<string, Row> = {
  'fusion createSourceLockSession': ofIntent({}),
  'fusion reportDeploySubmitted': ofIntent({ ...reported, contractAddress: 'ab'.repeat(32) }),
  'fusion reportLockSubmitted': ofIntent(reported),
  'fusion prepareRefund': ofIntent({}),
  'fusion reportRefundSubmitted': ofIntent({ refundSessionId: 'r-1', txHash: TX_HASH }),
  'fusion readPermit2Params': ofIntent({}),
  'fusion relayPermit': ofIntent({ signature: '0x00' }),
  'fusion submitSignedIntent': {
    same: [
      { input: signed },
      { input: signed, intent: [OLD_ID] },
      { input: signed, intent: [OTHER_ID], connection: 'two' },
      { input: { ...signed, intentId: OLD_ID.toUpperCase().replace('0X', '0x') } },
      // The id is not signed: under another one it is the same intent, which its nonce tells.
      { input: { ...signed, intentId: NEW_ID, sender: MAKER.address.toLowerCase(), nonce: '04' } },
    ],
    other: { input: { ...signed, intentId: NEW_ID, nonce: '5' } },
  },
  'oneinch-fusion submitSignedOrder': {
    same: [
      { input: order },
      { input: { ...order, quoteId: 'another' }, intent: [OTHER_ID] },
      { input: { signedOrder: JSON.stringify(order) }, connection: 'two' },
    ],
    other: { input: { ...order, order: { ...order.order, takingAmount: '1' } } },
  },
  'oneinch-fusion-plus submitSignedOrder': {
    same: [
      { input: withoutSecrets },
      { input: { ...withoutSecrets, srcChainId: '1' }, intent: [OTHER_ID] },
      { input: plusOrder, connection: 'two' },
    ],
    other: { input: { ...withoutSecrets, order: { ...plusOrder.order, takingAmount: '1' } } },
  },
  'oneinch-fusion-plus submitSecret': ofIntent({ secret: SECRET }),
  'flashnet submitSignedIntent': {
    same: [
      { input: deposit },
      { input: deposit, intent: ['7d1f0c52-1a2b-4c3d-8e4f-5a6b7c8d9e0f'] },
      { input: { ...deposit, expiresAt: NOW_MS + 1 }, connection: 'two' },
      // Other content that spends the same transfer: it is there once.
      { input: wallet.deposit(NOW_MS, `0x${'b2'.repeat(20)}`, [SATS]) },
      { input: clawback },
    ],
    other: { input: wallet.deposit(NOW_MS, `0x${'a1'.repeat(20)}`, [TOKENS]) },
  },
  'flashnet submitClawback': {
    same: [
      { input: clawback },
      { input: clawback, intent: ['7d1f0c52-1a2b-4c3d-8e4f-5a6b7c8d9e0f'] },
      { input: upperCase, connection: 'two' },
    ],
    other: {
      input: wallet.clawback(NOW_MS, TOKENS.sparkTransferId),
      intent: ['7d1f0c52-1a2b-4c3d-8e4f-5a6b7c8d9e0f'],
    },
  },
  'defi-api createIntent': {
    same: [
      { input: ASKED },
      { input: { ...ASKED, quote_id: ASKED.quote_id.toUpperCase(), amount: '100.50' }, intent: [OTHER_ID] },
      { input: ASKED, connection: 'two' },
    ],
    other: { input: { ...ASKED, quote_id: 'q-another' } },
  },
  'defi-api addApproval': ofIntent({ approval_type: 'permit2', signed_data: '0x00' }),
}

/** What `act` and the page make of a way of asking. */
async function thingOf(system: SystemName, name: string, way: Way): Promise<Thing> {
  const command = upstreamOf(system).commands?.find((one) => one.name === name)
  if (command === undefined) throw new Error(`${system} has no command ${name}.`)
  const settings = system === 'defi-api' ? { generation: 'execution' } : {}
  const entry = {
    id: way.connection ?? 'one',
    system,
    url: 'http://127.0.0.1:1',
    credential: 'none',
    settings,
  }
  const { deed } = await workedOut({
    command,
    connection: siteOf(entry),
    intent: way.intent === undefined ? null : intentNamed(system, entry.id, way.intent),
    reading: { state: 'none' },
    input: { ...way.input },
    engineConditions: () => Promise.resolve([]),
    earlier: () => Promise.resolve([]),
    ...{ ledger: 1, minutes: 60 },
    nowMs: NOW_MS,
  })
  return deed
}

function intentNamed(system: SystemName, connection: string, names: readonly string[]): Intent {
  const aliases = names.map((value) => ({ kind: 'id', value }))
  const id = intentIdOf(connectionId(connection), aliases[0] ?? { kind: 'id', value: '' })
  const first = { atMs: 0, rank: 0, emittedAtMs: 0, receivedAtMs: 0, key: '' }
  return { ...unheardIntent({ id, system, connection: connectionId(connection) }, first), aliases }
}

test('every command of the register that changes anything stands in the table', () => {
  const changing = upstreams.flatMap(({ system, commands = [] }) =>
    commands.flatMap(({ name, effect }) => (effect === 'changes' ? [`${system} ${name}`] : [])),
  )
  expect(Object.keys(TABLE).sort()).toEqual(changing.sort())
})

describe.each(Object.entries(TABLE))('%s', (key, { same, other }) => {
  const [system, name] = key.split(' ') as [SystemName, string]

  test('is one deed, however it is asked for', async () => {
    const [first, ...more] = await Promise.all(same.map((way) => thingOf(system, name, way)))
    if (first === undefined) throw new Error('There is no way to ask for it.')
    for (const thing of more) expect(isSameThing(first, thing), JSON.stringify([first, thing])).toBe(true)
  })

  test('is another about something else', async () => {
    const [first] = await Promise.all([thingOf(system, name, same[0])])
    expect(isSameThing(first, await thingOf(system, name, other))).toBe(false)
  })
})
