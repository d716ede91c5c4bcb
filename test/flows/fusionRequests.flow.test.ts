import type { IncomingMessage } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Sent } from '../../electron/upstreams/command.ts'
import { upstreamOf } from '../../electron/upstreams/index.ts'
import type { ActAnswer, Rehearsal } from '../../shared/api/action.ts'
import type { BareFusion } from '../bareFusion.ts'
import type { FlowBench } from './flowBench.ts'
import { fusionAt, fusionFlow, idOf, intent } from './fusionFlow.ts'

const MIDNIGHT = 2_147_483_647
const ARBITRUM = 421_614
const HASH = `0x${'5a'.repeat(32)}`
const FAR_SEC = Math.floor(Date.now() / 1_000) + 3_600
const LOCKS = '/api/midnight/source-lock/sessions'

let bench: FlowBench
let server: BareFusion
/** What arrived of commands, as it arrived. */
let arrived: { method: string; url: string; body: string }[]
/** Whether commands are answered, or their connection is closed without a word. */
let isAnswering: boolean

beforeEach(async () => {
  ;({ bench, server } = await fusionFlow())
  arrived = []
  isAnswering = true
  server.answer = (request, response) => {
    if (request.method !== 'POST' && !/permit2-params/.test(request.url ?? '')) return false
    textOf(request).then(
      (body) => {
        arrived.push({ method: request.method ?? '', url: server.url + (request.url ?? ''), body })
        if (isAnswering) response.end('{"ok":true}')
        else response.destroy()
      },
      () => response.destroy(),
    )
    return true
  }
})

afterEach(() => bench.close())

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

/** Has the backend know intent 1, and the console too. */
async function say(status: string, more: object): Promise<void> {
  const said = intent(1, status, { deadline: FAR_SEC, proofStatus: 'verified', ...more })
  server.intents.set(idOf(1), JSON.stringify(said))
  server.say('intent:new', said)
  await bench.shown(idOf(1), 'known', ({ status: now }) => now === status)
}

function prepare(command: string, input: Record<string, unknown>): Promise<Rehearsal> {
  return bench.client.actions.prepare({ command, intent: idOf(1), input })
}

function give({ draft, hash, confirmation: { tail: confirm } }: Rehearsal): Promise<ActAnswer> {
  const acknowledge = 'unknown'
  return bench.client.actions.give({ draft, hash, reason: 'Case 4711', confirm, acknowledge })
}

const FAILED = {
  status: 'failed',
  fromChain: MIDNIGHT,
  txHashes: { sourceLock: HASH },
  htlcState: { source: { state: 'locked', timelock: 1_760_000_000 } },
}
const WAITING = { status: 'waiting_for_source_lock', fromChain: MIDNIGHT }
const ON_EVM = { status: 'waiting_for_source_lock', fromChain: ARBITRUM }

test.each([
  ['prepareRefund', FAILED, {}, '/api/midnight/refund/prepare'],
  [
    'reportRefundSubmitted',
    FAILED,
    { refundSessionId: 'r:1', txHash: HASH },
    '/api/midnight/refund/sessions/r%3A1/submitted',
  ],
  ['createSourceLockSession', WAITING, {}, LOCKS],
  [
    'reportDeploySubmitted',
    WAITING,
    { sessionId: 's-1', txHash: HASH, contractAddress: '11'.repeat(32) },
    `${LOCKS}/s-1/deploy-submitted`,
  ],
  ['reportLockSubmitted', WAITING, { sessionId: 's-1', txHash: HASH }, `${LOCKS}/s-1/lock-submitted`],
  ['relayPermit', ON_EVM, { signature: '0x12', nonce: '7' }, `/api/intents/${idOf(1)}/relay-permit`],
  ['readPermit2Params', ON_EVM, {}, `/api/intents/${idOf(1)}/permit2-params`],
] as const)(
  '%s arrives as it was rehearsed, byte for byte and once',
  async (...[command, known, input, path]) => {
    const { status, ...more } = known
    await say(status, more)
    const rehearsal = await prepare(command, input)
    expect(arrived).toEqual([])
    const { request } = rehearsal
    expect((await give(rehearsal)).outcome).toBe('accepted')
    await give(rehearsal)
    expect(request.url).toBe(server.url + path)
    expect(arrived).toEqual([{ method: request.method, url: request.url, body: request.bodyText ?? '' }])
  },
)

/** How often a refund arrives whose answers are all lost, given twice. */
async function arrivals(): Promise<number> {
  const { status, ...more } = FAILED
  await say(status, more)
  isAnswering = false
  const rehearsal = await prepare('prepareRefund', {})
  const [first] = await Promise.all([give(rehearsal), give(rehearsal)])
  expect(first.outcome).toBe('unknown')
  return arrived.length
}

test('a request whose answer is lost is sent once', async () => {
  expect(await arrivals()).toBe(1)
})

test('the control: a link that tries again after a lost answer is caught', async () => {
  const fusion = upstreamOf('fusion')
  const { load } = fusion
  const careless: typeof load = async () => {
    const loaded = await load()
    const connect: typeof loaded.connect = (site) => {
      const link = loaded.connect(site)
      const send = link.send?.bind(link)
      if (send !== undefined) {
        link.send = async (...asked): Promise<Sent> => {
          const sent = await send(...asked)
          return sent.kind === 'lost' ? send(...asked) : sent
        }
      }
      return link
    }
    return { ...loaded, connect }
  }
  Object.assign(fusion, { load: careless })
  try {
    await bench.start(fusionAt(server.url))
    await bench.live()
    expect(await arrivals()).toBe(2)
  } finally {
    Object.assign(fusion, { load })
  }
})
