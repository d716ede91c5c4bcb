import { CHAINS, ROUTES, type Chain, type Token } from '../world/chains.ts'
import type { Answer } from '../kit/answer.ts'
import { createRandom } from '../kit/random.ts'
import type { Coordinator } from './coordinator.ts'
import { ask, change, get, no, ok, type Route } from './route.ts'
import { PUBLIC_WORD } from './words.ts'

/** The fields of a submission that are texts (docs/reference/intent-schema). */
const TEXTS = ['sender', 'fromToken', 'toToken', 'recipient', 'signature'] as const

/** … and those that are decimal digits. */
const DIGITS = ['amount', 'minAmountOut', 'nonce'] as const

/** Where signed intents come in, and what is asked before one is signed. */
export function intakeRoutes(coordinator: Coordinator): Route[] {
  const nonces = new Map<string, number>()
  return [
    ask('/api/intents/get-nonce', ({ body: { address, chainId } }) => {
      if (typeof address !== 'string') return no(400, 'address is missing')
      if (chainOf(chainId) === undefined) return no(400, 'chainId is not supported')
      return ok({ nonce: String(nonces.get(nonceKey(address, chainId)) ?? 0) })
    }),
    ask('/api/intents/get-domain', ({ body: { chainId } }) => {
      const chain = chainOf(chainId)
      if (chain?.family !== 'evm') return no(400, 'chainId is no EVM chain that is supported')
      return ok({
        name: 'FusionIntentValidator',
        version: '1',
        chainId: chain.chainId,
        verifyingContract: chain.htlcAddress,
      })
    }),
    change('/api/intents/submit', ({ body }) => {
      const answer = submit(coordinator, body)
      const { sender, fromChain, nonce } = body
      if (answer.status === 201) nonces.set(nonceKey(String(sender), fromChain), Number(nonce) + 1)
      return answer
    }),
    get('/api/midnight/balance', ({ query }) => {
      const address = query.get('address') ?? ''
      if (!/^(?:0x)?[0-9a-f]{64}$/i.test(address)) return no(400, 'address is no canonical Midnight address')
      return ok({ address, balances: balancesOf(address) })
    }),
  ]
}

function submit({ world, clock }: Coordinator, body: Record<string, unknown>): Answer {
  const wrong = wrongIn(body)
  if (wrong !== null) return no(400, wrong)
  const { intentId, fromChain, toChain, deadline, shielded } = body
  const route = ROUTES.find(({ from, to }) => from.chainId === fromChain && to.chainId === toChain)
  if (route === undefined) return no(400, 'route is not supported')
  const deadlineAtMs = Number(deadline) * 1_000
  if (deadlineAtMs <= clock.nowMs()) return no(400, 'deadline has passed')
  if (world.find(String(intentId)) !== undefined) return no(409, 'intentId exists already')
  const text = (name: (typeof TEXTS)[number] | (typeof DIGITS)[number]): string => String(body[name])
  const intent = world.submit(
    {
      clientId: String(intentId).toLowerCase(),
      maker: { evmAddress: text('sender'), midnightKey: text('sender') },
      route,
      fromToken: tokenOf(route.from, text('fromToken')),
      toToken: tokenOf(route.to, text('toToken')),
      amount: text('amount'),
      minAmountOut: text('minAmountOut'),
      nonce: text('nonce'),
      recipient: text('recipient'),
      isShielded: shielded === true,
      preimage: createRandom(`submitted ${text('signature')}`).hex(32),
    },
    deadlineAtMs,
  )
  return ok({ intentId: intent.id, status: PUBLIC_WORD[intent.stage] }, 201)
}

/** What is wrong in a submission, as a sentence; null when nothing is. */
function wrongIn(body: Record<string, unknown>): string | null {
  if (!/^0x[0-9a-f]{64}$/i.test(String(body['intentId']))) return 'intentId is not 0x and 64 hex digits'
  const text = TEXTS.find((name) => typeof body[name] !== 'string' || body[name] === '')
  if (text !== undefined) return `${text} is missing`
  const digits = DIGITS.find((name) => typeof body[name] !== 'string' || !/^\d+$/.test(body[name]))
  if (digits !== undefined) return `${digits} is not a decimal string`
  return Number.isSafeInteger(body['deadline']) ? null : 'deadline is not unix seconds'
}

function chainOf(chainId: unknown): Chain | undefined {
  return CHAINS.find((chain) => chain.chainId === chainId)
}

function tokenOf({ tokens }: Chain, id: string): Token {
  const listed = tokens.find((token) => token.id.toLowerCase() === id.toLowerCase())
  return listed ?? { id, symbol: '', decimals: 0, cents: 0n }
}

function nonceKey(address: string, chainId: unknown): string {
  return `${address.toLowerCase()} ${String(chainId)}`
}

/** Invented, the same for the same address. */
function balancesOf(address: string): Record<string, string> {
  const random = createRandom(`balance ${address.toLowerCase()}`)
  return { DUST: String(random.integer(0, 5_000_000_000)), mUSD: String(random.integer(0, 900_000_000)) }
}
