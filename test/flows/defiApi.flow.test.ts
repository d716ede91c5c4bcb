import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../electron/sandbox/index.ts'
import { bareDefiApi, type BareDefiApi } from '../bareDefiApi.ts'
import { until } from '../until.ts'
import { runningConsole, type RunningConsole } from './runningConsole.ts'

const ID = '5b0f5a3e-6a0e-4a53-9d0e-2a7c1f7b9e10'
const TX = `0x${'12'.repeat(32)}`

let dataDir: string
let running: RunningConsole | null = null
const closers: (() => Promise<void>)[] = []

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'flow-'))
})

afterEach(async () => {
  await running?.close()
  running = null
  for (const close of closers.splice(0).reverse()) await close()
  rmSync(dataDir, { recursive: true })
})

async function watching(entry: object): Promise<RunningConsole> {
  running = await runningConsole(dataDir, [{ id: 'defi', system: 'defi-api', credential: 'none', ...entry }])
  return running
}

async function bare(): Promise<BareDefiApi> {
  const api = await bareDefiApi()
  closers.push(api.close)
  return api
}

async function presence({ client }: RunningConsole) {
  return (await client.connections.next({})).connections[0]?.presence
}

async function intent({ client }: RunningConsole, id = ID) {
  return (await client.intents.get({ id }).catch(() => null))?.intent ?? null
}

/** What the flat generation answers about one intent. */
function flat(status: string, swap: object | null): string {
  return JSON.stringify({
    intent_id: ID,
    status,
    from_amount_lots: '123456789012345678901',
    from_network_id: 1,
    from_token: '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2',
    to_network_id: 177,
    to_token: '0x1111111111111111111111111111111111111111',
    to_min_amount_lots: '7',
    swap_metadata: swap,
  })
}

describe('against an API that is not ours', () => {
  test('a watched id becomes a row, moves with its status, and explains itself', async () => {
    const api = await bare()
    api.intents.set(ID, flat('Verified', null))
    const console = await watching({ url: `${api.url}/v1/`, settings: { watch: [ID] } })
    await until('the row', async () => (await intent(console))?.status === 'Verified')
    const deposited = { id: 'swap-00000001', proxy_address: '0xfeed', user_deposit_tx: TX, fulfill_tx: null }
    api.intents.set(ID, flat('Deposited', { ...deposited, user_deposited_at: '2024-01-01T00:00:00Z' }))
    await console.client.intents.reread({ id: ID })
    const found = await until('the deposit', async () => {
      const seen = await intent(console)
      return seen?.status === 'Deposited' ? seen : null
    })
    expect(found).toMatchObject({
      phase: 'executing',
      isTerminal: false,
      moneyAtRisk: true,
      source: { chainId: 1, amount: { amountRaw: '123456789012345678901', decimals: 18, symbol: 'WETH' } },
      destination: { chainId: 177, amount: { amountRaw: '7', decimals: null, decimalsOrigin: 'unknown' } },
    })
    expect(found.panels.map(({ title }) => title)).toEqual(['Swap progress', 'Quote'])
    expect(found.timeline.map(({ kind }) => kind)).toEqual(['userDeposited', 'received', 'statusClaimed'])
    for (const id of ['swap-00000001', '0xfeed', TX]) {
      expect((await console.client.intents.find({ query: id })).map((row) => row.aliases[0]?.value)).toEqual([
        ID,
      ])
    }
    expect(api.reads.every((read) => read.startsWith('GET /v1/'))).toBe(true)
  })

  test('an id that the system does not know says so, also where there are no lists of names', async () => {
    const api = await bare()
    api.answer = ({ url = '' }, response) => {
      const isList = /networks|tokens/.test(url)
      if (isList) response.writeHead(404).end('<!DOCTYPE html><pre>Cannot GET</pre>')
      return isList
    }
    const console = await watching({ url: api.url, settings: { generation: 'affiliate', watch: [ID] } })
    const found = await until('the answer', () => intent(console))
    expect(found).toMatchObject({ status: '', isNotFound: true })
    expect(found.failures['refusal']).toBe('HTTP 404: not_found: no such intent')
    expect(api.reads).toContain(`GET /affiliate/v1/intents/${ID}`)
  })

  test('what the list tells becomes rows without being watched, page after page', async () => {
    const api = await bare()
    api.swaps = Array.from({ length: 230 }, (_, n) =>
      JSON.stringify({
        intent_id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
        status: 'Finished',
        from: { network_id: 4, contract_address: 'mint', decimals: 6, amount: '1.5', tx: `tx-${n}` },
      }),
    )
    process.env['FLOW_DEFI_KEY'] = (await import('node:crypto'))
      .generateKeyPairSync('rsa', { modulusLength: 2_048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString()
    const console = await watching({
      url: api.url,
      credential: 'env:FLOW_DEFI_KEY',
      settings: { generation: 'signed' },
    })
    const all = await until('all rows', async () => {
      const rows = await console.client.intents.find({ query: 'is:terminal', limit: 1_000 })
      return rows.length === 230 ? rows : null
    })
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['Finished']))
    expect(api.headers.every((headers) => typeof headers['x-api-signature'] === 'string')).toBe(true)
  })

  test('what was not heard is a gap with both bounds, and what is read after it is marked as its repair', async () => {
    const api = await bare()
    api.intents.set(ID, flat('Verified', null))
    const settings = { watch: [ID], pingIntervalMs: 1_000, staleAfterMs: 2_000 }
    const console = await watching({ url: api.url, settings })
    await until('the row', async () => (await intent(console))?.status === 'Verified')
    const heardAtMs = Date.now()
    api.isMute = true
    await until('the loss', async () => (await presence(console))?.state === 'retrying')
    api.intents.set(ID, flat('Deposited', { user_deposit_tx: TX }))
    api.isMute = false
    const found = await until('the repair', async () => {
      const seen = await intent(console)
      return seen?.status === 'Deposited' ? seen : null
    })
    const [gap, ...more] = (await console.client.connections.next({})).connections[0]?.gaps ?? []
    expect(more).toEqual([])
    expect(gap?.fromMs).toBeLessThanOrEqual(heardAtMs)
    expect(gap?.untilMs).toBeGreaterThan(heardAtMs)
    expect(found.timeline.find(({ status }) => status === 'Deposited')?.origin).toBe('repair')
    expect(found.timeline.some(({ kind }) => kind === 'gap')).toBe(true)
  })

  test('a server that lets nobody in is asked once for each credential', async () => {
    const api = await bare()
    api.answer = (_, response) => {
      response.writeHead(401).end()
      return true
    }
    const console = await watching({ url: api.url, settings: { watch: [ID] } })
    await until('the refusal', async () => (await presence(console))?.state === 'needs-credentials')
    expect(api.reads).toHaveLength(1)
  })
})

describe('against the sandbox', () => {
  let sandbox: Sandbox

  beforeEach(async () => {
    sandbox = await startSandbox({ seed: 7, rate: 20, systems: ['defi-api'] })
    closers.push(sandbox.close)
    for (const [name, value] of Object.entries(sandbox.credentials)) process.env[name] = value
  })

  afterEach(() => {
    for (const name of Object.keys(sandbox.credentials)) Reflect.deleteProperty(process.env, name)
  })

  test('its swaps are live with every field read, and the story is the one that it tells', async () => {
    const [connection] = sandbox.connections
    const console = await runningConsole(dataDir, [connection ?? {}])
    running = console
    await until(
      'a few dozen rows',
      async () => (await console.client.intents.find({ query: 'is:open' })).length > 30,
    )
    await until('words that move', async () => {
      const rows = await console.client.intents.find({ limit: 500 })
      const moved = await Promise.all(rows.slice(0, 40).map(({ id }) => intent(console, id)))
      return moved.some((one) => (one?.stages.length ?? 0) >= 2)
    })
    const [summary] = (await console.client.connections.next({})).connections
    expect(summary).toMatchObject({ presence: { state: 'live' }, quarantinedCount: 0, drift: [], gaps: [] })
    const stuck = await console.client.intents.find({ query: 'is:at-risk', limit: 500 })
    expect(stuck.length).toBeGreaterThan(0)
  })

  test.each(['affiliate', 'execution'] as const)(
    'the generation %s is read by id, with its own key',
    async (name) => {
      const { events } = sandbox.history['defi-api']
      const watch = events.slice(-5).map(({ payload }) => (payload as { intent_id: string }).intent_id)
      const base = sandbox.connections[0]?.url ?? ''
      const console = await runningConsole(dataDir, [
        {
          id: 'defi',
          system: 'defi-api',
          url: name === 'execution' ? `${base}/execution` : base,
          credential: 'env:SANDBOX_DEFI_API_PLAIN_KEY',
          settings: { generation: name, watch },
        },
      ])
      running = console
      for (const id of watch)
        await until(`the row of ${id}`, async () => (await intent(console, id))?.status ?? null)
      expect((await presence(console))?.state).toBe('live')
    },
  )

  test('a key that is not the right one is refused once, and the right one mends it', async () => {
    const [connection] = sandbox.connections
    const good = process.env['SANDBOX_DEFI_API_KEY']
    process.env['SANDBOX_DEFI_API_KEY'] = 'not a key'
    const console = await runningConsole(dataDir, [connection ?? {}])
    running = console
    await until('the refusal', async () => (await presence(console))?.state === 'needs-credentials')
    expect(sandbox.history['defi-api'].readings).toHaveLength(0)
    process.env['SANDBOX_DEFI_API_KEY'] = good
    await console.client.connections.reconnect({ connection: 'demo-defi' })
    await until('the return', async () => (await presence(console))?.state === 'live')
  })

  test('garbled and backward answers are kept beside the good ones', async () => {
    const [connection] = sandbox.connections
    const console = await runningConsole(dataDir, [connection ?? {}])
    running = console
    await until('rows', async () => (await console.client.intents.find({ query: 'is:open' })).length > 30)
    sandbox.faults['defi-api'].apply('garble 40')
    const rows = await console.client.intents.find({ query: 'is:open', limit: 60 })
    for (const { id } of rows) await console.client.intents.reread({ id }).catch(() => undefined)
    const [summary] = (await console.client.connections.next({})).connections
    expect(summary?.quarantinedCount).toBeGreaterThan(5)
    expect(summary?.presence.state).toMatch(/^(?:live|stale)$/)
    await until('good answers again', async () => (await presence(console))?.state === 'live')

    sandbox.faults['defi-api'].apply('backward 60')
    for (const { id } of rows.slice(0, 40)) await console.client.intents.reread({ id }).catch(() => undefined)
    await until('a move backward', async () => {
      const seen = await Promise.all(rows.slice(0, 40).map(({ id }) => intent(console, id)))
      return seen.some((one) => one?.timeline.some(({ flags }) => flags.includes('backward')))
    })
  })
})
