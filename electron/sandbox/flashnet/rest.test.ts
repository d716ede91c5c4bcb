import { secp256k1 } from '@noble/curves/secp256k1.js'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { settableClock, type SettableClock } from '../kit/clock.ts'
import type { SandboxSystem } from '../system.ts'
import { startWorld, type World } from '../world/world.ts'
import { startFlashnet } from './server.ts'

const STARTED_AT_MS = 1_800_000_000_000
const MINUTE_MS = 60_000

let clock: SettableClock
let world: World
let flashnet: SandboxSystem
let url: string

beforeEach(async () => {
  clock = settableClock(STARTED_AT_MS)
  world = startWorld({ seed: 7, rate: 1, clock })
  flashnet = await startFlashnet({ world, clock, seed: 7, rate: 1, port: 0, historyLength: 1_000 })
  url = `${flashnet.connections[0]?.url ?? ''}/api/v1`
})

afterEach(async () => {
  await flashnet.close()
  world.close()
})

interface Answered {
  status: number
  text: string
}

async function ask(path: string, init: RequestInit = {}): Promise<Answered> {
  const response = await fetch(url + path, init)
  return { status: response.status, text: await response.text() }
}

function post(path: string, body: unknown): Promise<Answered> {
  return ask(path, { method: 'POST', body: JSON.stringify(body) })
}

function ids(): string[] {
  return (flashnet.connections[0]?.settings?.['watch'] ?? []) as string[]
}

async function signIn(key: string, sign: (text: string) => string = (text) => text): Promise<Answered> {
  const publicKey = Buffer.from(secp256k1.getPublicKey(key)).toString('hex')
  const { challengeString } = JSON.parse((await post('/auth/challenge', { publicKey })).text) as {
    challengeString: string
  }
  const digest = createHash('sha256').update(sign(challengeString)).digest()
  return post('/auth/verify', { publicKey, signature: secp256k1.sign(digest, key).toDERHex() })
}

async function token(): Promise<string> {
  const { text } = await signIn(flashnet.credentials['SANDBOX_FLASHNET_KEY'] ?? '')
  return (JSON.parse(text) as { accessToken: string }).accessToken
}

async function read(id: string, bearer: string): Promise<Answered> {
  return ask(`/intents/${id}`, { headers: { authorization: `Bearer ${bearer}` } })
}

async function statuses(bearer: string, asked = ids()): Promise<string[]> {
  const answers = await Promise.all(asked.map((id) => read(id, bearer)))
  return answers
    .filter(({ status }) => status === 200)
    .map(({ text }) => (JSON.parse(text) as { status: string }).status)
}

it('lets in whoever signs the challenge with the key, and nobody else', async () => {
  const key = flashnet.credentials['SANDBOX_FLASHNET_KEY'] ?? ''
  expect((await signIn(key)).status).toBe(200)
  expect((await signIn('11'.repeat(32))).status).toBe(401)
  expect((await signIn(key, (text) => `${text} `)).status).toBe(401)
  expect((await post('/auth/challenge', { publicKey: 'abc' })).status).toBe(400)
})

it('reads submissions with a good token only, until it ends', async () => {
  const [id = ''] = ids()
  expect((await ask(`/intents/${id}`)).status).toBe(401)
  const bearer = await token()
  expect((await read(id, bearer)).status).toBe(200)
  expect((await read('nobody', bearer)).status).toBe(404)
  clock.advanceBy(11 * MINUTE_MS)
  expect((await read(id, bearer)).status).toBe(401)
  const next = await token()
  flashnet.faults.apply('expire-token')
  expect((await read(id, next)).status).toBe(401)
})

it('says of itself what the page says', async () => {
  const before = JSON.parse((await ask('/network/info')).text) as { spark: { depositAddress: string } }
  expect(before).toMatchObject({ execution: { chainId: 21_022 }, paused: false, minDepositSats: 1_000 })
  flashnet.faults.apply('re-key')
  flashnet.faults.apply('pause')
  const after = JSON.parse((await ask('/network/info')).text) as typeof before
  expect(after).toMatchObject({ paused: true })
  expect(after.spark.depositAddress).not.toBe(before.spark.depositAddress)
})

it('has submissions under way in every stage, and goes on', async () => {
  const first = ids()
  const before = await statuses(await token())
  expect(new Set(before)).toEqual(new Set(['ACCEPTED', 'INCLUDED_PENDING_FINALITY', 'FINALIZED', 'EXPIRED']))
  expect(before.filter((status) => status === 'ACCEPTED').length).toBeGreaterThan(10)
  clock.advanceBy(60 * MINUTE_MS)
  const after = await statuses(await token(), first)
  expect(after).toHaveLength(first.length)
  expect(after.filter((status) => status === 'FINALIZED').length).toBeGreaterThan(
    before.filter((status) => status === 'FINALIZED').length,
  )
  expect(after.some((status) => status === 'INCLUDED_PENDING_FINALITY')).toBe(true)
  const young = ids()
  expect(young.filter((id) => first.includes(id))).toEqual([])
  expect((await statuses(await token(), young)).length).toBe(young.length - 4)
})

it('speaks as its first generation did, and goes back, when told to', async () => {
  const bearer = await token()
  flashnet.faults.apply('old-words')
  expect((await statuses(bearer)).every((status) => status === status.toLowerCase())).toBe(true)
  flashnet.faults.calm()
  flashnet.faults.apply('garble 30')
  const answers = await Promise.all(ids().map((id) => read(id, bearer)))
  expect(answers.filter(({ text }) => !text.startsWith('{"submissionId"')).length).toBeGreaterThan(5)
})

it('tells the same story for the same seed', async () => {
  const twin = await startFlashnet({ world, clock, seed: 7, rate: 1, port: 0, historyLength: 10 })
  const other = await startFlashnet({ world, clock, seed: 8, rate: 1, port: 0, historyLength: 10 })
  expect(twin.connections[0]?.settings).toEqual(flashnet.connections[0]?.settings)
  expect(other.connections[0]?.settings).not.toEqual(flashnet.connections[0]?.settings)
  await Promise.all([twin.close(), other.close()])
})
