import { randomBytes } from 'node:crypto'
import { keccak256, type Hex } from 'viem'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { buildAround } from '../../electron/cli/build.ts'
import { runCommandLine } from '../../electron/cli/program.ts'
import type { Store } from '../../electron/store/store.ts'
import { systemClock } from '../../electron/upstreams/kit/clock.ts'
import { oneinchFusionPlus } from '../../electron/upstreams/oneinch-fusion-plus/index.ts'
import type { Rehearsal } from '../../shared/api/action.ts'
import { FlowBench } from '../flows/flowBench.ts'
import { created, escrow, status } from '../flows/fusionPlusAnswers.ts'
import { fusionPlusPage, type FusionPlusPage } from '../flows/fusionPlusPage.ts'
import { canaryOf, filesWith, formsIn, type Canary } from './canary.ts'

const KEY = 'secret-flow-key'
const HASH = `0x${'2b'.repeat(32)}`
const ORDERS = '/fusion-plus/orders/v1.2/order'

/** Some consoles are started one after the other, on a machine that may be busy. */
const LIMIT = { timeout: 60_000 }

const build = buildAround(new URL('../../electron/cli.ts', import.meta.url).pathname)

let bench: FlowBench
let server: FusionPlusPage
let secret: Hex
let canaries: Canary[]
/** What its bytes are in base64 and as one number. */
let inOtherForms: string[]

beforeEach(async () => {
  process.env['SECRET_FLOW_KEY'] = KEY
  const digits = randomBytes(32).toString('hex')
  secret = `0x${digits}`
  const raw = Buffer.from(digits, 'hex')
  // The last letter of base64 holds bits of what comes behind.
  inOtherForms = [raw.toString('base64').slice(0, 42), BigInt(secret).toString()]
  canaries = [digits, digits.toUpperCase(), ...inOtherForms].map(canaryOf)
  bench = new FlowBench()
  server = bench.keep(await fusionPlusPage(KEY))
  const lockedAtMs = Math.floor(Date.now() / 1_000) * 1_000 - 30_000
  const escrows = [
    escrow('src', 'src_escrow_created', lockedAtMs),
    escrow('dst', 'dst_escrow_created', lockedAtMs),
  ]
  const [source] = escrows as { transactionHash: string }[]
  server.orders.set(HASH, status(HASH, 'pending', escrows))
  server.answers.set(`${ORDERS}/ready-to-accept-secret-fills/${HASH}`, {
    fills: [{ idx: 0, srcEscrowDeployTxHash: source?.transactionHash }],
  })
})

afterEach(async () => {
  vi.restoreAllMocks()
  await bench.close()
})

/** Starts the console and has the secret filled in for the order that waits for it. */
async function prepared(wrap?: (store: Store) => Store): Promise<{ rehearsal: Rehearsal; log: string[] }> {
  const url = `ws://127.0.0.1:${server.port}/fusion-plus/ws`
  const entry = { id: 'plus', system: 'oneinch-fusion-plus', url, restUrl: `http://127.0.0.1:${server.port}` }
  const { log } = await bench.start([{ ...entry, credential: 'env:SECRET_FLOW_KEY' }], wrap)
  await bench.live()
  server.say('order_created', { ...created(HASH), secretHashes: [keccak256(secret)] })
  await bench.shown(HASH, 'locked on both sides', ({ phase }) => phase === 'executing')
  const rehearsal = await bench.client.actions.prepare({
    command: 'submitSecret',
    intent: HASH,
    input: { secret },
  })
  return { rehearsal, log }
}

async function given({ draft, hash, confirmation }: Rehearsal): Promise<unknown> {
  return bench.client.actions.give({ draft, hash, reason: 'Case 4711', confirm: confirmation.tail })
}

/** Everything that the command line tells of a data folder. */
async function told(): Promise<string> {
  const printed: string[] = []
  for (const args of [['tail', '--once'], ['audit'], ['show', HASH]]) {
    const code = await runCommandLine([...args, '--json', '--data', bench.dataDir], {
      build,
      clock: systemClock,
      env: {},
      print: (line) => printed.push(line),
      say: (sentence) => printed.push(sentence),
    })
    expect(code, printed.join('\n')).toBe(0)
  }
  return printed.join('\n')
}

const formsInText = (text: string): string[] => formsIn(Buffer.from(text), canaries)

test(
  'a submitted secret reaches the relayer and rests nowhere, also where the relayer repeats it',
  LIMIT,
  async () => {
    const shouted = secret.toUpperCase().replace('0X', '0x')
    server.relay = () => ({
      status: 400,
      text: JSON.stringify({
        message: `invalid secret ${shouted}`,
        error: `${secret} unknown`,
        given: { preimage: secret, x: secret },
        told: [...inOtherForms, Buffer.from(`{"secret":"${secret}"}`).toString('base64')].join(' '),
      }),
    })
    const { rehearsal, log } = await prepared()
    const refused = await given(rehearsal)
    server.relay = () => ({ status: 201, text: '' })
    const again = await bench.client.actions.prepare({
      command: 'submitSecret',
      intent: HASH,
      input: { secret },
    })
    const taken = await given(again)
    expect([refused, taken]).toMatchObject([{ outcome: 'refused' }, { outcome: 'accepted' }])
    const { actions } = await bench.client.actions.next({})
    const { intent } = await bench.client.intents.get({ id: HASH })
    expect(server.relayed.map(({ body }) => formsInText(body).length)).toEqual([1, 1])
    expect(formsInText(JSON.stringify([rehearsal, refused, again, taken, actions, intent, log]))).toEqual([])
    await bench.stop()
    expect(formsInText(await told())).toEqual([])
    expect(filesWith([bench.dataDir], canaries)).toEqual([])
  },
)

test('a wrong secret is refused in words that do not repeat it', async () => {
  await prepared()
  const input = { secret: `${secret}00` }
  const order = { command: 'submitSecret', intent: HASH, input }
  const failed: unknown = await bench.client.actions.prepare(order).catch((error: unknown) => error)
  expect(failed).toMatchObject({ data: { code: 'usage' } })
  expect(formsInText(JSON.stringify(failed) + String(failed))).toEqual([])
})

test('control: a command that does not name its secret shows it', async () => {
  const command = oneinchFusionPlus.commands?.find(({ name }) => name === 'submitSecret')
  if (command === undefined) throw new Error('There is no such command.')
  const { request } = command
  vi.spyOn(command, 'request').mockImplementation((known) => ({ ...request(known), secrets: [] }))
  const { rehearsal } = await prepared()
  expect(formsInText(JSON.stringify(rehearsal))).not.toEqual([])
})

test('control: a relayer that repeats it in another form is found out', LIMIT, async () => {
  const command = oneinchFusionPlus.commands?.find(({ name }) => name === 'submitSecret')
  if (command === undefined) throw new Error('There is no such command.')
  const { request } = command
  vi.spyOn(command, 'request').mockImplementation((known) => ({ ...request(known), secrets: [] }))
  const { rehearsal } = await prepared()
  server.relay = () => ({ status: 400, text: JSON.stringify({ message: inOtherForms.join(' ') }) })
  const refused = JSON.stringify(await given(rehearsal))
  expect(inOtherForms.filter((form) => refused.includes(form))).toEqual(inOtherForms)
  await bench.stop()
  expect(filesWith([bench.dataDir], inOtherForms.map(canaryOf))).not.toEqual([])
})

test('control: a ledger that keeps what was sent is found out', LIMIT, async () => {
  const { rehearsal } = await prepared((store) => ({
    ...store,
    recordStep: (step) =>
      store.recordStep(
        JSON.parse(JSON.stringify(step).replaceAll(/redacted:[0-9a-f]{12}/g, secret)) as typeof step,
      ),
  }))
  await given(rehearsal)
  await bench.stop()
  expect(filesWith([bench.dataDir], canaries)).not.toEqual([])
  expect(formsInText(await told())).not.toEqual([])
})
