import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
} from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settableClock, type SettableClock } from '../kit/clock.ts'
import type { SandboxSystem } from '../system.ts'
import { startWorld } from '../world/world.ts'
import { startDefiApi } from './server.ts'

let clock: SettableClock
let system: SandboxSystem
let url: string
let pem: string
let apiKey: string

beforeEach(async () => {
  clock = settableClock(1_800_000_000_000)
  const world = startWorld({ seed: 7, rate: 1, clock })
  system = await startDefiApi({ world, clock, seed: 7, rate: 1, port: 0, historyLength: 1_000 })
  world.close()
  url = system.connections[0]?.url ?? ''
  pem = system.credentials['SANDBOX_DEFI_API_KEY'] ?? ''
  apiKey = system.credentials['SANDBOX_DEFI_API_PLAIN_KEY'] ?? ''
})

afterEach(() => system.close())

function newNonce(): string {
  return randomUUID()
}

/** The four headers, as the page describes them; written apart from the console's. */
function signed(
  path: string,
  { key = pem, stampMs = clock.nowMs(), nonce = newNonce(), method = 'GET', body = '' } = {},
) {
  const [pathname = '', query = ''] = path.split('?')
  const privateKey = createPrivateKey(key)
  const publicKey = createPublicKey(privateKey).export({ type: 'pkcs1', format: 'der' })
  const text = `${method}:${pathname}:${query.split('&').sort().join('&')}:${body}`
  return {
    'x-api-key': createHash('sha256').update(publicKey).digest('base64'),
    'x-api-signature': sign('sha256', Buffer.from(text), privateKey).toString('base64'),
    'x-api-timestamp': String(Math.floor(stampMs / 1_000)),
    'x-api-nonce': nonce,
  }
}

async function ask(path: string, headers: Record<string, string> = signed(path)) {
  const response = await fetch(url + path, { headers })
  return { status: response.status, body: (await response.json()) as Record<string, unknown>, response }
}

const LIST = '/v1/swaps?offset=0&limit=100'

describe('the door', () => {
  it('opens for a good signature, at any place of the query', async () => {
    expect((await ask(LIST)).status).toBe(200)
    expect((await ask('/v1/networks')).status).toBe(200)
  })

  it('stays shut for another key, another path, another time and a nonce that was used', async () => {
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey
    const key = stranger.export({ type: 'pkcs8', format: 'pem' }).toString()
    const nonce = randomUUID()
    expect((await ask(LIST, signed(LIST, { nonce }))).status).toBe(200)
    const refused: [Record<string, string>, string][] = [
      [{}, 'unknown x-api-key'],
      [signed(LIST, { key }), 'unknown x-api-key'],
      [
        { ...signed(LIST), 'x-api-signature': signed(LIST, { key })['x-api-signature'] },
        'bad x-api-signature',
      ],
      [signed('/v1/networks'), 'bad x-api-signature'],
      [signed(LIST, { stampMs: clock.nowMs() - 301_000 }), 'stale x-api-timestamp'],
      [signed(LIST, { stampMs: clock.nowMs() + 301_000 }), 'stale x-api-timestamp'],
      [signed(LIST, { nonce }), 'x-api-nonce was used before'],
      [signed(LIST, { nonce: 'once' }), 'x-api-nonce is no UUID'],
    ]
    for (const [headers, message] of refused) {
      expect(await ask(LIST, headers)).toMatchObject({ status: 401, body: { message } })
    }
  })

  it('wants a body signed with its keys in order, whatever order it came in', async () => {
    const path = '/v1/quotes/'
    const sorted = '{"amount":"1.5","from":{"token_id":"101"},"to":{"token_id":"401"}}'
    const sent = '{"to":{"token_id":"401"}, "from":{"token_id":"101"}, "amount":"1.5"}'
    const post = (body: string, signedBody: string) =>
      fetch(url + path, { method: 'POST', body, headers: signed(path, { method: 'POST', body: signedBody }) })
    expect((await post(sorted, sorted)).status).toBe(200)
    expect((await post(sent, sorted)).status).toBe(200)
    expect((await post(sent, sent)).status).toBe(401)
    expect((await post(sorted.replace('1.5', '1.6'), sorted)).status).toBe(401)
  })

  it('wants a plain key for the affiliates, and takes none or the right one for execution', async () => {
    const [affiliate, execution] = ['/affiliate/v1/networks', '/execution/v1/networks']
    expect((await ask(affiliate, {})).status).toBe(401)
    expect((await ask(affiliate, { 'x-api-key': 'wrong' })).status).toBe(401)
    expect((await ask(affiliate, { 'x-api-key': apiKey })).status).toBe(200)
    expect((await ask(execution, {})).status).toBe(200)
    expect((await ask(execution, { 'x-api-key': 'wrong' })).status).toBe(401)
  })

  it('asks for patience when too many come within a second', async () => {
    const statuses = new Set<number>()
    for (let n = 0; n < 70; n += 1) statuses.add((await ask('/execution/v1/networks', {})).status)
    expect(statuses).toEqual(new Set([200, 429]))
    clock.advanceBy(1_000)
    expect((await ask('/execution/v1/networks', {})).status).toBe(200)
  })
})

describe('answers', () => {
  it('tell one swap flat to one generation and nested to another', async () => {
    const { body } = await ask(LIST)
    const items = body as unknown as Record<string, unknown>[]
    const item = items.find(({ status }) => status === 'Finished')
    const id = String(item?.['intent_id'])
    const flat = await ask(`/execution/v1/intents/${id}`, {})
    const nested = await ask(`/v1/intents/${id}`)
    expect(flat.body).toMatchObject({ intent_id: id, status: 'Finished' })
    expect(flat.body['swap_metadata']).toMatchObject({ refunded_at: null })
    expect(flat.body).not.toHaveProperty('expires_at')
    expect(nested.body).toMatchObject({ intent_id: id, from: { decimals: expect.any(Number) as number } })
    expect(item).toHaveProperty('approval_mechanism')
  })

  it('hold swaps at every stage, good and bad', async () => {
    const statuses = new Set<unknown>()
    for (let offset = 0; offset < 400; offset += 100) {
      const { body } = await ask(`/v1/swaps?limit=100&offset=${offset}`)
      for (const { status } of body as unknown as { status: unknown }[]) statuses.add(status)
      clock.advanceBy(1_000)
    }
    expect([...statuses].sort()).toEqual([
      'Approved',
      'Created',
      'Deposited',
      'Expired',
      'Failed',
      'Finished',
      'RefundRequested',
      'Refunded',
      'Verified',
    ])
  })

  it('fail as told', async () => {
    const { intent_id: id } = system.history.events.at(-1)?.payload as { intent_id: string }
    const path = `/execution/v1/intents/${id}`
    expect((await ask(path, {})).status).toBe(200)
    for (const [fault, status] of [
      ['forget 5', 404],
      ['refuse 5', 401],
      ['429 5', 429],
      ['503 5', 503],
    ] as const) {
      system.faults.apply(fault)
      const { status: found, response } = await ask(path, {})
      expect(found).toBe(status)
      if (status >= 429) expect(response.headers.get('retry-after')).not.toBeNull()
      system.faults.calm()
    }
    expect((await ask(path, {})).status).toBe(200)
  })
})
