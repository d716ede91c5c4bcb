import { secp256k1 } from '@noble/curves/secp256k1.js'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { flashnetWallet, SATS, TOKENS, type SignedFile } from '../../../test/flashnetWallet.ts'
import { settableClock, type SettableClock } from '../kit/clock.ts'
import type { SandboxSystem } from '../system.ts'
import { startWorld, type World } from '../world/world.ts'
import { startFlashnet } from './server.ts'

const STARTED_AT_MS = 1_800_000_000_000
const MINUTE_MS = 60_000
const EXPIRES_AT_MS = STARTED_AT_MS + 60 * MINUTE_MS
const RECIPIENT = `0x${'A1'.repeat(20)}`
const EXECUTE = 'POST /api/v1/execute'

let clock: SettableClock
let world: World
let flashnet: SandboxSystem
let wallet: ReturnType<typeof flashnetWallet>
let token: string

beforeEach(async () => {
  clock = settableClock(STARTED_AT_MS)
  world = startWorld({ seed: 7, rate: 1, clock })
  flashnet = await startFlashnet({ world, clock, seed: 7, rate: 1, port: 0, historyLength: 1_000 })
  wallet = flashnetWallet(flashnet.credentials['SANDBOX_FLASHNET_KEY'] ?? '')
  await signIn()
})

afterEach(async () => {
  await flashnet.close()
  world.close()
})

/** Gets a token, which lasts ten minutes. */
async function signIn(): Promise<void> {
  const { publicKey } = wallet
  const { challengeString } = (await asked('auth/challenge', { publicKey })).body as {
    challengeString: string
  }
  const digest = createHash('sha256').update(challengeString).digest()
  const key = flashnet.credentials['SANDBOX_FLASHNET_KEY'] ?? ''
  const signature = secp256k1.sign(digest, key).toDERHex()
  token = ((await asked('auth/verify', { publicKey, signature })).body as { accessToken: string }).accessToken
}

async function advance(): Promise<void> {
  clock.advanceBy(14 * MINUTE_MS)
  await signIn()
}

async function asked(path: string, body: object | string | null, bearer?: string) {
  const response = await fetch(`${flashnet.connections[0]?.url ?? ''}/api/v1/${path}`, {
    ...(body === null
      ? {}
      : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } }),
  })
  return { status: response.status, body: (await response.json()) as unknown }
}

function submit({ publicKey: _key, ...body }: SignedFile) {
  return asked('execute', body, token)
}

async function read(submissionId: unknown) {
  return (await asked(`intents/${String(submissionId)}`, null, token)).body as Record<string, unknown>
}

function submissionIdIn({ body }: { body: unknown }): string {
  return (body as { submissionId: string }).submissionId
}

describe('a submission', () => {
  it('that is signed well is taken once, and goes its way', async () => {
    const file = wallet.deposit(EXPIRES_AT_MS, RECIPIENT, [SATS, TOKENS])
    const taken = await submit(file)
    expect(taken).toMatchObject({ status: 200, body: { status: 'accepted' } })
    expect(await submit(wallet.deposit(EXPIRES_AT_MS + 1, RECIPIENT, [SATS, TOKENS]))).toEqual({
      status: 409,
      body: 'intent_id already submitted',
    })
    expect(await read(submissionIdIn(taken))).toMatchObject({ status: 'ACCEPTED' })
    await advance()
    expect(await read(submissionIdIn(taken))).toMatchObject({ status: 'FINALIZED' })
    expect(flashnet.history.readingCount(EXECUTE)).toBe(2)
  })

  it('has the id of the page', async () => {
    const file = wallet.clawback(EXPIRES_AT_MS, 'ff'.repeat(32))
    expect((await submit(file)).body).toMatchObject({
      intentId: '8fd23275b05439dacc35282c6ff44c8a95e092d619ba2191150324e4c173e97e',
    })
    const deposit = wallet.deposit(EXPIRES_AT_MS, `0x${'01'.repeat(20)}`)
    expect((await submit(deposit)).body).toMatchObject({
      intentId: '95cdc5ddb9df920b8c8bbc72c60f529624f95aeab8e4e2595baae91dc19b14cb',
    })
  })

  it.each<[string, (file: SignedFile) => SignedFile, string]>([
    [
      'of another amount',
      (file) => ({ ...file, deposits: [{ ...SATS, amount: '0x1' }] }),
      'signature does not match',
    ],
    ['that has expired', () => wallet.deposit(STARTED_AT_MS, RECIPIENT), 'in the past'],
    ['that expires too late', () => wallet.deposit(STARTED_AT_MS + 86_400_001, RECIPIENT), 'too far ahead'],
    ['of another chain', (file) => ({ ...file, chainId: 1 }), 'chain id mismatch'],
    ['with a nonce', (file) => ({ ...file, nonce: 'n' }), 'unknown field nonce'],
    ['of two actions', (file) => ({ ...file, clawback: { sparkTxid: 'ff' } }), 'exactly one action'],
  ])('is not taken %s', async (_, change, sentence) => {
    const { status, body } = await submit(change(wallet.deposit(EXPIRES_AT_MS, RECIPIENT)))
    expect([status, body]).toEqual([400, expect.stringContaining(sentence)])
  })

  it('needs a token', async () => {
    expect((await asked('execute', wallet.deposit(EXPIRES_AT_MS, RECIPIENT))).status).toBe(401)
  })

  it('may run a transaction', async () => {
    const file = wallet.execute(EXPIRES_AT_MS, await wallet.evmTransaction())
    expect(await submit(file)).toMatchObject({ status: 200 })
  })

  it('of the first generation is taken once for its nonce, whatever its amount', async () => {
    flashnet.faults.apply('old-words')
    const sats = '18446744073709551615'
    const { publicKey: _key, ...body } = wallet.nonceDeposit(EXPIRES_AT_MS, RECIPIENT, { nonce: 'n1', sats })
    const text = JSON.stringify(body).replace(`"${sats}"`, sats)
    expect(await asked('execute', text, token)).toMatchObject({ status: 200 })
    expect(await asked('execute', text, token)).toMatchObject({ status: 409 })
    expect((await submit(wallet.deposit(EXPIRES_AT_MS, RECIPIENT))).body).toBe('nonce is wanted')
  })

  it('is carried out although its answer is lost', async () => {
    flashnet.faults.apply('lose-reply')
    await expect(submit(wallet.deposit(EXPIRES_AT_MS, RECIPIENT))).rejects.toThrow('fetch failed')
    expect((await submit(wallet.deposit(EXPIRES_AT_MS, RECIPIENT))).status).toBe(409)
  })
})

it('gives back what no final submission used, and nothing else', async () => {
  const deposit = await submit(wallet.deposit(EXPIRES_AT_MS, RECIPIENT, [SATS]))
  const other = await submit(wallet.clawback(EXPIRES_AT_MS, TOKENS.sparkTransferId))
  await advance()
  expect(await read(submissionIdIn(deposit))).toMatchObject({ status: 'FINALIZED' })
  expect(await read(submissionIdIn(other))).toMatchObject({ status: 'FINALIZED' })
  const late = await submit(wallet.clawback(EXPIRES_AT_MS, SATS.sparkTransferId))
  await advance()
  expect(await read(submissionIdIn(late))).toMatchObject({
    status: 'EXPIRED',
    statusMessage: expect.stringContaining('consumed by a finalized intent') as unknown,
  })
})

it('proves deposits, and says why there is no proof', async () => {
  const transfers = [SATS.sparkTransferId, `0x0000${'1'.repeat(28)}`].map((sparkTransferId) => ({
    sparkTransferId,
  }))
  const { status, body } = await asked('verifyDeposit', { intentId: 'ab'.repeat(32), transfers }, token)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    proofs: [{ index: 0, proof: { payloadBytes: expect.stringMatching(/^0x[0-9a-f]{96}$/) as unknown } }],
    rejections: [{ index: 1, reason: 'transfer_not_found' }],
  })
  flashnet.faults.apply('oracle-down')
  expect((await asked('verifyDeposit', { intentId: 'ab'.repeat(32), transfers }, token)).status).toBe(503)
})
