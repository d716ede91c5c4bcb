import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settableClock, type SettableClock } from '../kit/clock.ts'
import type { SandboxSystem } from '../system.ts'
import { startWorld } from '../world/world.ts'
import { startDefiApi } from './server.ts'

const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48'
const WETH = '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2'
const SOL_USDC = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'
const MAKER = '0x52bc44d5378309EE2abF1539BF71dE1b7d7bE3b5'
const SIGNATURE = `0x${'ab'.repeat(65)}`

let clock: SettableClock
let system: SandboxSystem
let url: string

beforeEach(async () => {
  clock = settableClock(1_800_000_000_000)
  const world = startWorld({ seed: 7, rate: 1, clock })
  system = await startDefiApi({ world, clock, seed: 7, rate: 1, port: 0, historyLength: 1_000 })
  world.close()
  url = `${system.connections[0]?.url ?? ''}/execution/v1`
})

afterEach(() => system.close())

async function post(path: string, body: object | string) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(url + path, { method: 'POST', body: text })
  const answered = await response.text()
  return { status: response.status, text: answered, body: JSON.parse(answered) as Record<string, unknown> }
}

async function statusOf(id: unknown): Promise<unknown> {
  return ((await (await fetch(`${url}/intents/${String(id)}`)).json()) as { status: unknown }).status
}

const ASKED = {
  from: { from_network_id: 1, from_token: USDC },
  to: { to_network_id: 4, to_token: SOL_USDC },
  amount: 100.5,
  slippage_bps: '50',
}

function order(quoteId: unknown): object {
  return {
    ...ASKED,
    quote_id: quoteId,
    from: { ...ASKED.from, from_address: MAKER },
    to: { ...ASKED.to, to_address: 'solana address' },
    refund_address: MAKER,
  }
}

async function created(): Promise<Record<string, unknown>> {
  const { body: quote } = await post('/quotes', ASKED)
  const { status, body } = await post('/intents', order(quote['id']))
  expect(status).toBe(200)
  return body
}

describe('what is posted', () => {
  it('is priced, with base units as numbers however long', async () => {
    const { text, body } = await post(
      '/quotes',
      `{"amount":12.000000000000000001,"from":{"from_network_id":1,"from_token":"${WETH}"},"slippage_bps":"50","to":{"token_id":"401"}}`,
    )
    expect(text).toContain('"from_amount_lots":12000000000000000001,')
    expect(body).toMatchObject({ expires_at: clock.nowMs() + 120_000, slippage_bps: '50' })
  })

  it('becomes an intent that waits for an approval, and expires without one', async () => {
    const body = await created()
    expect(body).toMatchObject({
      deadline_at: clock.nowMs() / 1_000 + 600,
      approval_type: 'permit2',
      params_to_sign: { nonce: expect.any(Number) as number },
    })
    expect(await statusOf(body['id'])).toBe('Created')
    clock.advanceBy(600_000)
    expect(await statusOf(body['id'])).toBe('Expired')
  })

  it('goes on once it is approved, each approval counted and only the first taken', async () => {
    const { id } = await created()
    const path = `/intents/${String(id)}/approvals`
    const approval = { approval_type: 'permit2', signed_data: SIGNATURE }
    expect((await post(path, approval)).status).toBe(200)
    expect(await statusOf(id)).toBe('Approved')
    expect((await post(path, approval)).body).toMatchObject({ type: 'invalid_intent_status' })
    expect(system.history.readingCount('POST /execution/v1/intents/:id/approvals')).toBe(2)
    clock.advanceBy(600_000)
    expect(await statusOf(id)).toBe('Finished')
  })

  it('is refused in words', async () => {
    const { id } = await created()
    const path = `/intents/${String(id)}/approvals`
    const signed_data = SIGNATURE
    const { body: quote } = await post('/quotes', ASKED)
    const refused: [string, object | string, string][] = [
      ['/quotes', '[]', 'body: expected a JSON object'],
      ['/quotes', { ...ASKED, amount: '100.5' }, 'amount: expected a number'],
      ['/quotes', { ...ASKED, to: { token_id: '999' } }, 'to: no such token'],
      ['/intents', order('nowhere'), 'quote nowhere does not exist'],
      ['/intents', { ...order(quote['id']), amount: 100 }, 'the amount is not that of the quote'],
      ['/intents', { ...order(quote['id']), refund_address: '' }, 'refund_address: required'],
      [path, { approval_type: 'cosign', signed_data }, 'approval_type: expected permit2'],
      [path, { approval_type: 'permit2', signed_data: '0x12' }, 'signed_data: rejected'],
      [
        '/intents/nobody/approvals',
        { approval_type: 'permit2', signed_data },
        'intent nobody does not exist',
      ],
    ]
    for (const [where, body, message] of refused)
      expect((await post(where, body)).body).toMatchObject({ message })
    clock.advanceBy(120_000)
    expect((await post('/intents', order(quote['id']))).body).toMatchObject({ type: 'invalid_quote' })
  })

  it('loses its answer, comes late or meets a token that is not approved, as told', async () => {
    const { id } = await created()
    const path = `/intents/${String(id)}/approvals`
    const approval = { approval_type: 'permit2', signed_data: SIGNATURE }
    system.faults.apply('unpermitted 1')
    expect(await post(path, approval)).toMatchObject({ status: 400, body: { code: 25 } })
    system.faults.apply('lose-reply 1')
    await expect(post(path, approval)).rejects.toThrow()
    expect(await statusOf(id)).toBe('Approved')
    const { id: next } = await created()
    system.faults.apply('apply-late 30')
    await expect(post(`/intents/${String(next)}/approvals`, approval)).rejects.toThrow()
    expect(await statusOf(next)).toBe('Created')
    clock.advanceBy(30_000)
    expect(await statusOf(next)).toBe('Approved')
  })
})
