import { z } from 'zod'
import {
  anyValue,
  baseUnits,
  boundedText,
  exactNumber,
  flag,
  instant,
  text,
  wholeNumber,
} from '../kit/scalars.ts'

// Sources: [W] cross-chain SDK 2.2.2, src/ws-api (events and RPC); [S] the same, src/api/orders (answers over REST);
// [P] the portal's REST pages; [O] the older OpenAPI files; [C] our own conservative reading. Times [S] are ISO-8601
// text or a number, seconds or milliseconds by magnitude, since the sources disagree. Everything that is not essential may
// be absent or null; keys that are not listed are kept in the journal and counted.

/** Longest text that is believed to be a word, hash, address or id; signatures of Solana have 88 characters. */
const LONGEST_WORD = 200

const word = boundedText(LONGEST_WORD)

/** [W] [S] base units as a decimal string; [C] a JSON number is accepted and reported, since another reader may have rounded it. */
const amount = baseUnits(78)

/** [W] [S] a number; [C] digits as text too. */
const chainId = wholeNumber('a chain id in digits')

/** [S] seconds; [C] digits as text too, as Solana orders have them. */
const seconds = z.union([z.number().min(0), z.string().regex(/^\d{1,15}$/)], { error: 'a number of seconds' })

/** [X] a packed uint256: decimal where the SDK writes it, hex in the answers over REST; [C] a JSON number. */
const packed = z.union([z.string().max(80), z.number(), exactNumber], { error: 'a packed uint256' })

const count = z.union([z.number().int().min(0), z.string().regex(/^\d{1,9}$/)], { error: 'a count' })

/** [W] LimitOrderV4Struct; all strings. */
export const limitOrder = z.object({
  salt: text.nullish(),
  maker: word,
  receiver: word.nullish(), // the zero address stands for the maker
  makerAsset: word,
  takerAsset: word.nullish(), // a placeholder token on the source chain, not what the maker gets
  makingAmount: amount,
  takingAmount: amount.nullish(), // least amount of the destination token
  makerTraits: text.nullish(),
})

/** [S] a Solana order as JSON, the parts of it that say what is wanted. */
export const solanaOrder = z.object({
  orderInfo: z.object({
    srcToken: word,
    dstToken: word,
    maker: word,
    receiver: word.nullish(),
    srcAmount: amount,
    minDstAmount: amount.nullish(),
  }),
  escrowParams: z.object({ hashLock: word.nullish(), timeLocks: packed.nullish() }).nullish(),
  details: z
    .object({
      auction: z
        .object({ startTime: seconds, duration: seconds, initialRateBump: z.number(), points: anyValue })
        .nullish(),
    })
    .nullish(),
})

/** [S] price points of an auction: seconds after the point before, and the rate bump there (10,000,000 is 100 %). */
export const auctionPoint = z.object({ delay: seconds, coefficient: z.number() })

/** [S] fees bytes `parameters` only in v1.2. */
const immutables = z.object({
  orderHash: word,
  hashlock: word.nullish(),
  maker: word.nullish(),
  taker: word.nullish(),
  token: word.nullish(),
  amount: amount.nullish(),
  safetyDeposit: amount.nullish(),
  timelocks: packed.nullish(),
  parameters: text.nullish(),
})

/** `order_created`. [W] no deadline, no auction, no remaining amount. */
export const orderCreated = z.object({
  orderHash: word,
  srcChainId: chainId,
  dstChainId: chainId,
  order: anyValue, // [W] LimitOrderV4Struct; [S] Solana JSON where the source is Solana
  extension: text.nullish(),
  signature: text.nullish(), // redacted before it is kept
  quoteId: text.nullish(),
  isMakerContract: flag.nullish(),
  merkleLeaves: anyValue,
  secretHashes: anyValue, // hashes, not secrets
})

/** The six events that name an order and say at most what is left of it, or what its maker has. [W] */
export const orderNamed = z.object({
  orderHash: word,
  remainingMakerAmount: amount.nullish(),
  balance: amount.nullish(), // only order_balance_change
  allowance: amount.nullish(), // only order_allowance_change
})

/** `secret_shared`, and one entry of the published secrets. [W] [S] The secret itself is redacted before it is kept. */
export const publicSecret = z.object({
  idx: count,
  secret: anyValue,
  srcImmutables: immutables,
  dstImmutables: immutables.nullish(),
})

/** One active order, over RPC or REST. [S] EVM sources add order, balances, signature and extension. */
export const activeOrder = z.object({
  orderHash: word,
  quoteId: text.nullish(),
  srcChainId: chainId.nullish(),
  dstChainId: chainId.nullish(),
  deadline: instant.nullish(), // [S] ISO text; [O] number of ms
  auctionStartDate: instant.nullish(),
  auctionEndDate: instant.nullish(),
  remainingMakerAmount: amount.nullish(),
  secretHashes: anyValue,
  fills: z.array(z.unknown(), { error: 'a list' }).nullish(), // [S] {txHash}[]; [O] string[]
  version: text.nullish(),
  order: anyValue,
  isMakerContract: flag.nullish(),
  signature: text.nullish(),
  makerBalance: amount.nullish(),
  makerAllowance: amount.nullish(),
  extension: text.nullish(),
  maker: word.nullish(), // [P]
})

/** [S] one event of an escrow on its chain. */
export const escrowEvent = z.object({
  transactionHash: word.nullish(),
  escrow: word.nullish(), // absent in [O]
  side: word,
  action: word,
  blockTimestamp: instant.nullish(), // unix ms
})

/** [S] one part of an order that a resolver took. */
export const fill = z.object({
  status: word.nullish(), // pending, executed, refunding, refunded
  txHash: word.nullish(),
  filledMakerAmount: amount.nullish(),
  filledAuctionTakerAmount: amount.nullish(),
  takerFeeAmount: amount.nullish(), // [P]
  escrowEvents: z.array(z.unknown(), { error: 'a list' }).nullish(),
})

/** One order's status: [S], with the portal's additions [P]; the fields that a list by maker adds as well. */
export const orderStatus = z.object({
  orderHash: word.nullish(), // absent: the one that was asked for
  status: word.nullish(),
  validation: word.nullish(),
  order: anyValue,
  extension: text.nullish(),
  points: anyValue,
  approximateTakingAmount: amount.nullish(),
  positiveSurplus: amount.nullish(),
  fills: z.array(z.unknown(), { error: 'a list' }).nullish(),
  auctionStartDate: instant.nullish(), // unix s
  auctionDuration: seconds.nullish(),
  initialRateBump: z.number({ error: 'a number' }).nullish(),
  createdAt: instant.nullish(), // unix ms; by maker: ISO text
  srcTokenPriceUsd: z.union([text, z.number()]).nullish(),
  dstTokenPriceUsd: z.union([text, z.number()]).nullish(),
  cancelTx: word.nullish(),
  srcChainId: chainId.nullish(),
  dstChainId: chainId.nullish(),
  cancelable: flag.nullish(),
  takerAsset: word.nullish(), // the real destination token
  timeLocks: packed.nullish(), // hex without deployedAt
  receiver: word.nullish(), // [P]
  createTxSignature: word.nullish(), // [P] Solana only
  maker: word.nullish(),
  remainingMakerAmount: amount.nullish(),
  deadline: instant.nullish(),
  quoteId: text.nullish(),
  makerAsset: word.nullish(), // by maker
  makerAmount: amount.nullish(), // by maker
  minTakerAmount: amount.nullish(), // by maker
  isNativeCurrency: flag.nullish(), // by maker
  secretHashes: anyValue,
})

/** [S] one fill whose secret the relayer would take now. */
export const readyFill = z.object({
  idx: count,
  srcEscrowDeployTxHash: word.nullish(),
  dstEscrowDeployTxHash: word.nullish(),
})

/** [O] all orders with such fills. */
export const readyOrder = z.object({
  orderHash: word,
  makerAddress: word.nullish(),
  fills: z.array(z.unknown(), { error: 'a list' }),
})

/** [S] something that any resolver may do now. */
export const publicAction = z.object({
  side: word,
  action: word,
  immutables,
  chainId: chainId.nullish(),
  escrow: word.nullish(),
  secret: anyValue, // redacted before it is kept
  srcAssetIsNative: flag.nullish(),
})

/** What a reading over REST becomes in the journal: the question, the answer's code, and its body verbatim. */
export const readingEnvelope = z.object({
  requestedId: word.nullish(),
  httpStatus: z.number({ error: 'a number' }).int(),
  pausedUntilMs: z.number().nullish(),
  body: anyValue,
})

/** One order as a status tells it. */
export type OrderStatusReading = z.infer<typeof orderStatus>

/** The readings, as kinds of event. The version of the API stands in the settings. */
export const READINGS = {
  status: 'GET /orders/order/status/:orderHash',
  statuses: 'POST /orders/order/status',
  active: 'GET /orders/order/active',
  readyFills: 'GET /orders/order/ready-to-accept-secret-fills/:orderHash',
  allReadyFills: 'GET /orders/order/ready-to-accept-secret-fills',
  secrets: 'GET /orders/order/secrets/:orderHash',
  publicActions: 'GET /orders/order/ready-to-execute-public-actions',
  cancelable: 'GET /orders/order/cancelable-by-resolvers',
  escrowFactory: 'GET /orders/order/escrow',
} as const

/**
 * What the list `secrets` of an answer is called in the journal: redaction takes everything under a name with `secret`,
 * and which secrets are public is worth keeping.
 */
export const PUBLISHED = 'published'

/** The calls over the socket, as kinds of event. */
export const REPLIES = {
  ping: 'rpc:ping',
  allowedMethods: 'rpc:getAllowedMethods',
  activeOrders: 'rpc:getActiveOrders',
  secrets: 'rpc:getSecrets',
} as const

/** The words of `validation`; orthogonal to the status. [S] [P] */
export const VALIDATIONS: ReadonlySet<string> = new Set([
  'valid',
  'order-predicate-returned-false',
  'not-enough-balance',
  'not-enough-allowance',
  'invalid-permit-signature',
  'invalid-permit-spender',
  'invalid-permit-signer',
  'invalid-signature',
  'failed-to-parse-permit-details',
  'unknown-permit-version',
  'wrong-epoch-manager-and-bit-invalidator',
  'failed-to-decode-remaining',
  'unknown-failure',
])

/** The words of an escrow event's `action`. [S] */
export const ESCROW_ACTIONS = {
  src_escrow_created: 'created',
  dst_escrow_created: 'created',
  withdrawn: 'withdrawn',
  funds_rescued: 'rescued',
  escrow_cancelled: 'cancelled',
} as const

/** The words of a fill's `status`. [S] */
export const FILL_WORDS: ReadonlySet<string> = new Set(['pending', 'executed', 'refunding', 'refunded'])
