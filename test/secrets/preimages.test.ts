import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Store } from '../../electron/store/store.ts'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { runningConsole, type RunningConsole } from '../flows/runningConsole.ts'
import { until } from '../until.ts'
import { canaryOf, filesWith, type Canary } from './canary.ts'

/** Names under which a preimage, a signature or a key was seen or could be sent. */
const NAMES = ['preimage', 'preImage', 'pre_image', 'Preimage', 'secret', 'secret_hex', 'secretHex']
const MORE_NAMES = ['revealedSecret', 'htlcSecret', 'signature', 'sig', 'user_signature', 'private_key']

/** Every event that the contract page names, and one that it does not. */
const EVENTS = [
  'intent:status',
  'intent:proof',
  'intent:new',
  'intent:status_changed',
  'intent:proof_changed',
  'intent:removed',
  'intent:not_found',
  'mempool:stats',
  'pong',
  'error',
  'intent:settlement_proof',
]

/** What is read over REST when an intent is heard of whose funds are being locked. */
const READINGS = ['health', 'chains', 'config/htlc-addresses', 'intents/:id', 'intents/:id/htlc-params']

/** Last in line: when it is in the journal, everything before it is. */
const LAST = 'end:of:story'

let dataDir: string
let server: BareFusion
let running: RunningConsole | null = null

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'preimages-'))
  server = await bareFusion()
})

afterEach(async () => {
  await running?.close()
  running = null
  await server.close()
  rmSync(dataDir, { recursive: true })
})

/** A preimage of 32 bytes, as hex digits; every writing of it is searched for. */
function makePreimage(): Canary {
  return canaryOf(randomBytes(32).toString('hex'))
}

async function listen(wrap?: (store: Store) => Store): Promise<RunningConsole> {
  const connection = { id: 'fusion-test', system: 'fusion', url: server.url, credential: 'none' }
  running = await runningConsole(dataDir, [connection], wrap)
  await until('the console to listen', () => server.listeners() === 1)
  return running
}

/** Ways to put a secret into a payload under a name: flat, nested, in a list, in text, in JSON inside text. */
function placements(name: string, secret: string): object[] {
  const hex = `0x${secret}`
  return [
    { [name]: secret },
    { [name]: hex },
    { [name]: hex.toUpperCase().replace('0X', '0x') },
    { htlcState: { source: { deep: [{ [name]: hex }] } } },
    { txHashes: [{ [name]: [secret] }] },
    { [name]: { value: hex, of: 'source' } },
    { details: JSON.stringify({ [name]: hex }) },
    { details: JSON.stringify({ inner: JSON.stringify({ [name]: hex }) }) },
  ]
}

/** Sentences in which servers tell what should not be told. */
function sentences(secret: string): object[] {
  return [
    `preimage ${secret} does not match`,
    `wrong secret: 0x${secret}`,
    `invalid signature 0x${secret}`,
    `could not claim with preimage=0x${secret}`,
    `revealed secret is ${secret}`,
  ].flatMap((text) => [{ error: text }, { failureReason: text }, { message: text }])
}

/** Says everything at once over the socket, and serves it over REST. Every payload is an intent of its own. */
function sayAll(payloads: readonly object[]): void {
  let count = 0
  for (const event of EVENTS) {
    for (const payload of payloads) {
      count += 1
      const intentId = `0x${count.toString(16).padStart(64, '0')}`
      server.say(event, { intentId, status: 'executing', updatedAt: 1_760_000_000_000 + count, ...payload })
    }
  }
  server.say(LAST, { timestamp: 1_760_000_000_000 })
}

async function untilAllIsKept({ client }: RunningConsole): Promise<string[]> {
  const payloads: string[] = []
  let after = 0
  await until('the last event in the journal', async () => {
    const { events } = await client.journal.next({ after, limit: 1_000 })
    payloads.push(...events.map(({ payload }) => payload))
    after = events.at(-1)?.seq ?? after
    return events.some(({ kind }) => kind === LAST)
  })
  return payloads
}

test(
  'a secret in any event, under any name, in any place, is not in the data folder',
  { timeout: 60_000 },
  async () => {
    const secret = makePreimage()
    const console = await listen()
    const names = [...NAMES, ...MORE_NAMES]
    sayAll([...names.flatMap((name) => placements(name, secret.value)), ...sentences(secret.value)])
    const kept = await untilAllIsKept(console)
    await console.close()
    running = null
    expect(filesWith([dataDir], [secret])).toEqual([])
    // Equal secrets leave equal fingerprints in every row: one by itself, one as a list, one as an object.
    const fingerprints = kept.flatMap((payload) => payload.match(/redacted:[0-9a-f]{12}/g) ?? [])
    expect(fingerprints.length).toBeGreaterThanOrEqual(EVENTS.length * names.length * 8)
    expect(new Set(fingerprints).size).toBe(3)
  },
)

test('a secret in any answer over REST is not in the data folder', async () => {
  const secret = makePreimage()
  const intentId = `0x${'ab'.repeat(32)}`
  const known = { intentId, status: 'executing', updatedAt: 1_760_000_000_000 }
  server.answer = (request, response) => {
    if (request.url?.startsWith('/api/') !== true) return false
    const more = { htlcState: placements('preimage', secret.value), details: sentences(secret.value) }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ ...known, ...more, secret: secret.value }))
    return true
  }
  const console = await listen()
  server.say('intent:new', known)
  await until('all readings in the journal', async () => {
    const { events } = await console.client.journal.next({ after: 0, limit: 1_000 })
    return events.filter(({ payload }) => payload.includes('"secret":"redacted:')).length >= READINGS.length
  })
  await console.close()
  running = null
  for (const path of READINGS) expect(server.reads).toContain(`GET /api/${path.replace(':id', intentId)}`)
  expect(server.reads.join()).not.toContain('preimage')
  expect(filesWith([dataDir], [secret])).toEqual([])
})

test('control: under a name that says nothing the same search finds it', async () => {
  const secret = makePreimage()
  const console = await listen()
  sayAll([{ note: secret.value }])
  await untilAllIsKept(console)
  await console.close()
  running = null
  expect(filesWith([dataDir], [secret]).join()).toMatch(/as utf8/)
})

test('control: an adapter that forgets to redact is found out', async () => {
  const secret = makePreimage()
  const console = await listen((store) => ({
    ...store,
    append: (batch) =>
      store.append(
        batch.map((event) => ({
          ...event,
          payload: event.payload.replaceAll(/redacted:[0-9a-f]{12}/g, secret.value),
        })),
      ),
  }))
  sayAll([{ preimage: secret.value }])
  await untilAllIsKept(console)
  await console.close()
  running = null
  expect(filesWith([dataDir], [secret])).not.toEqual([])
})
