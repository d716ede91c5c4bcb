import { generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startSandbox } from '../../electron/sandbox/index.ts'
import type { ActAnswer, Rehearsal } from '../../shared/api/action.ts'
import { bareDefiApi, type BareDefiApi } from '../bareDefiApi.ts'
import { ID } from '../defiFacts.ts'
import { APPROVE_BEFORE_SEC, ASKED, PARAMS, signatureOf, wallet } from '../defiPermit.ts'
import { until } from '../until.ts'
import { FlowBench } from './flowBench.ts'

const CONNECTION = 'defi'
const KEY = 'FLOW_DEFI_ACTIONS_KEY'
const QUOTE = { from: { token_id: '101' }, to: { token_id: '401' }, amount: '100.5', slippage_bps: '50' }

/** What a test of one generation differs by. */
interface Generation {
  name: 'affiliate' | 'execution' | 'signed'
  key: string
  quotes: string
  intents: string
  approvals: string
  /** What an intent is created from. */
  asked: object
  /** Headers that show who asks. */
  shown: string[]
}

const NESTED = {
  quote_id: ASKED.quote_id,
  from: { address: wallet.address, refund_address: wallet.address },
  to: { address: ASKED.to.to_address },
}
const plainKey = { key: 'a-plain-key', asked: ASKED, shown: ['x-api-key'] }
const GENERATIONS: Generation[] = [
  {
    name: 'affiliate',
    ...plainKey,
    quotes: '/affiliate/v1/quotes/best',
    intents: '/affiliate/v1/intents',
    approvals: `/affiliate/v1/intents/${ID}/approvals`,
  },
  {
    name: 'execution',
    ...plainKey,
    quotes: '/v1/quotes',
    intents: '/v1/intents',
    approvals: `/v1/intents/${ID}/approvals`,
  },
  {
    name: 'signed',
    key: generateKeyPairSync('rsa', { modulusLength: 2_048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString(),
    quotes: '/v1/quotes/',
    intents: '/v1/intents/',
    approvals: `/v1/intents/${ID}/approvals/`,
    asked: NESTED,
    shown: ['x-api-key', 'x-api-signature', 'x-api-timestamp', 'x-api-nonce'],
  },
]

let bench: FlowBench
let api: BareDefiApi

beforeEach(async () => {
  bench = new FlowBench()
  api = bench.keep(await bareDefiApi())
})

afterEach(async () => {
  await bench.close()
  Reflect.deleteProperty(process.env, KEY)
})

/** Starts the console on the bare API in one generation, with its key. */
async function open({ name, key }: Generation): Promise<void> {
  process.env[KEY] = key
  const settings = { generation: name }
  await bench.start([
    { id: CONNECTION, system: 'defi-api', url: api.url, credential: `env:${KEY}`, settings },
  ])
  await bench.live()
}

function prepare(command: string, input: object, intent?: string): Promise<Rehearsal> {
  const about = intent === undefined ? { connection: CONNECTION } : { intent }
  return bench.client.actions.prepare({ command, input: { ...input }, ...about })
}

function give({ draft, hash, confirmation }: Rehearsal): Promise<ActAnswer> {
  const { tail, amount } = confirmation
  return bench.client.actions.give({
    draft,
    hash,
    reason: 'The customer asked.',
    confirm: tail,
    acknowledge: 'unknown',
    ...(amount === null ? {} : { amount }),
  })
}

/** What the API says of the intent in a status. */
function say(status: string): void {
  api.intents.set(
    ID,
    JSON.stringify({ intent_id: ID, status, from_amount_lots: '100500000', from_network_id: 1 }),
  )
}

/** Creates the intent, so that it waits for its approval. */
async function create({ asked }: Generation): Promise<ActAnswer> {
  say('Created')
  api.answerPost = () => ({
    status: 201,
    body: {
      id: ID,
      deadline_at: APPROVE_BEFORE_SEC + 10 ** 8,
      approval_type: 'permit2',
      params_to_sign: PARAMS,
    },
  })
  const answer = await give(await prepare('createIntent', asked))
  await bench.shown(ID, 'read', ({ status }) => status === 'Created')
  return answer
}

async function approval(): Promise<object> {
  return { approval_type: 'permit2', signed_data: await signatureOf(wallet) }
}

describe.each(GENERATIONS)('the generation $name', (generation) => {
  const { name, quotes, intents, approvals, asked, shown } = generation

  test('quotes, creates and approves: what was rehearsed arrives byte for byte, once', async () => {
    await open(generation)
    api.answerPost = () => ({ status: 200, body: { id: ASKED.quote_id, expires_at: 1_795_273_500_000 } })
    const quoted = await bench.client.actions.read({ command: 'quote', connection: CONNECTION, input: QUOTE })
    expect(quoted).toMatchObject({ outcome: 'accepted', response: { id: ASKED.quote_id } })

    say('Created')
    const rehearsed = await prepare('createIntent', asked)
    expect(rehearsed).toMatchObject({ subject: ASKED.quote_id, isOpen: true })
    expect(rehearsed.request.headers.slice(-shown.length)).toEqual(
      shown.map((header) => [header, '••••••••']),
    )
    expect(api.posts).toHaveLength(1)
    const created = await create(generation)
    expect(created).toMatchObject({ outcome: 'accepted', response: { params_to_sign: PARAMS } })

    api.answerPost = () => ({ status: 200, body: { intent_id: ID } })
    const approving = await prepare('addApproval', await approval(), ID)
    say('Approved')
    expect((await give(approving)).outcome).toBe('refused')
    say('Created')
    const again = await prepare('addApproval', await approval(), ID)
    expect((await give(again)).outcome).toBe('accepted')

    const sent = [quoted.request, created.request, again.request]
    expect(api.posts.map(({ path, body }) => [api.url + path, body])).toEqual(
      sent.map((one) => [one?.url, one?.bodyText]),
    )
    expect(api.posts.map(({ path }) => path)).toEqual([quotes, intents, approvals])
    for (const { headers } of api.posts) for (const header of shown) expect(headers[header]).toMatch(/./)
    if (name === 'signed')
      expect(new Set(api.posts.map(({ headers }) => headers['x-api-nonce'])).size).toBe(3)
  })

  test('keeps from the creation what no later answer says, and shows what is to be signed', async () => {
    await open(generation)
    const { actionId } = await create(generation)
    const intent = await bench.shown(ID, 'created', ({ maker }) => maker !== null)
    expect(intent).toMatchObject({
      maker: wallet.address,
      details: { 'refund address': wallet.address, recipient: ASKED.to.to_address },
      deadlines: [{ kind: 'intentDeadline', atMs: (APPROVE_BEFORE_SEC + 10 ** 8) * 1_000 }],
    })
    const panels = new Map(intent.panels.map(({ title, blocks }) => [title, JSON.stringify(blocks)]))
    expect(panels.get('Quote')).toContain(ASKED.quote_id)
    expect(panels.get('To be signed')).toContain(PARAMS.escrow_contract_address)
    expect(intent.timeline.map(({ words }) => words)).toContain(
      `Created from a console, out of the quote ${ASKED.quote_id}; the system asks for a Permit2 signature (EVM, Tron).`,
    )
    const { actions } = await bench.client.actions.next({})
    expect(actions.map(({ id, state, facts }) => [id, state, facts['intentId']])).toEqual([
      [actionId, 'accepted', ID],
    ])
    expect(
      (await bench.client.intents.find({ query: ASKED.quote_id })).map(({ aliases }) => aliases[0]?.value),
    ).toEqual([ID])
  })
})

const EXECUTION = GENERATIONS[1] as Generation

describe('trouble', () => {
  test('an approval whose answer is lost is found out by reading, and never sent again', async () => {
    await open(EXECUTION)
    await create(EXECUTION)
    api.answerPost = () => {
      say('Approved')
      return null
    }
    const answer = await give(await prepare('addApproval', await approval(), ID))
    expect(answer).toMatchObject({ outcome: 'unknown', response: null })
    const settled = await until('the outcome', async () => {
      const { actions } = await bench.client.actions.next({ command: 'addApproval' })
      return actions[0]?.state === 'accepted' ? actions[0] : null
    })
    expect(settled.steps.map(({ kind }) => kind)).toEqual(['sending', 'unknown', 'accepted'])
    expect(api.posts.filter(({ path }) => path.endsWith('approvals'))).toHaveLength(1)
  })

  test('a creation whose answer is lost waits for a person, and holds back a second one', async () => {
    await open(EXECUTION)
    api.answerPost = () => null
    const answer = await give(await prepare('createIntent', ASKED))
    expect(answer.outcome).toBe('unknown')
    const second = await give(await prepare('createIntent', ASKED))
    expect(second).toMatchObject({ outcome: 'closed' })
    expect(api.posts).toHaveLength(1)
    const { actionId: action } = answer
    await bench.client.actions.resolve({
      action,
      wasCarriedOut: false,
      reason: 'Support found no such intent.',
    })
    api.answerPost = () => ({ status: 200, body: { id: ID, approval_type: 'permit2' } })
    expect((await give(await prepare('createIntent', ASKED))).outcome).toBe('accepted')
    expect(api.posts).toHaveLength(2)
  })

  test('error 25 says that the token has to be approved to Permit2 first', async () => {
    await open(EXECUTION)
    await create(EXECUTION)
    api.answerPost = () => ({ status: 422, body: { code: 25, message: 'allowance' } })
    const answer = await give(await prepare('addApproval', await approval(), ID))
    expect(answer).toMatchObject({
      outcome: 'refused',
      why: expect.stringContaining('not yet approved to Permit2') as string,
    })
  })

  test('a signature is shown to whoever brought it and kept nowhere', async () => {
    await open(EXECUTION)
    await create(EXECUTION)
    api.answerPost = () => ({ status: 200, body: {} })
    const signature = await signatureOf(wallet)
    const rehearsal = await prepare('addApproval', await approval(), ID)
    expect(rehearsal.request.bodyText).toContain(signature)
    await give(rehearsal)
    const { actions } = await bench.client.actions.next({ command: 'addApproval' })
    expect(actions[0]?.request.bodyText).toMatch(/"signed_data":"redacted:[0-9a-f]{12}"/)
    expect(JSON.stringify(actions)).not.toContain(signature.slice(2))
  })
})

test('in the sandbox an intent is quoted, created and approved, and its life goes on to the end', async () => {
  const sandbox = await startSandbox({ seed: 7, rate: 200, systems: ['defi-api'] })
  bench.keep(sandbox)
  for (const [name, value] of Object.entries(sandbox.credentials)) process.env[name] = value
  const [connection] = sandbox.connections
  await bench.start([{ ...connection, id: CONNECTION }])
  await bench.live()
  const { response } = await bench.client.actions.read({
    command: 'quote',
    connection: CONNECTION,
    input: QUOTE,
  })
  const quote = response as Record<string, unknown>
  const rehearsal = await prepare('createIntent', { ...NESTED, quote_id: quote['id'], quote })
  const unmet = rehearsal.preconditions.filter(({ state }) => state !== 'met')
  expect(unmet).toEqual([])
  const created = await give(rehearsal)
  expect(created.outcome).toBe('accepted')
  const id = String((created.response as Record<string, unknown>)['id'])
  await bench.shown(id, 'created', ({ status }) => status === 'Created')
  const approving = await prepare('addApproval', await approval(), id)
  expect((await give(approving)).outcome).toBe('accepted')
  const done = await until('the end', async () => {
    await bench.client.intents.reread({ id })
    const { intent } = await bench.client.intents.get({ id })
    return intent.status === 'Finished' ? intent : null
  })
  expect(done.contradictions).toEqual([])
  const history = sandbox.history['defi-api']
  expect(
    ['/v1/intents', '/v1/intents/:id/approvals'].map((path) => history.readingCount(`POST ${path}`)),
  ).toEqual([1, 1])
  for (const name of Object.keys(sandbox.credentials)) Reflect.deleteProperty(process.env, name)
})
