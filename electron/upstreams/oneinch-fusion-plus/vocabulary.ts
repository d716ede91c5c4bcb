import type { StatusClaim } from '../../../shared/intent/fact.ts'
import { claimOf, type Vocabulary } from '../../../shared/intent/vocabulary.ts'

const MINUTE_MS = 60_000

/** Nothing says what `unpublished` waits for; an order that no resolver can see for five minutes deserves a look. */
const UNPUBLISHED_WAIT_MS = 5 * MINUTE_MS

/**
 * Without escrows known more closely: an auction of some minutes, two finality locks and a withdrawal. Where fills and
 * timelocks are known, the course says it better.
 */
const PENDING_WAIT_MS = 15 * MINUTE_MS

/** Resolvers earn the safety deposit by refunding as soon as they may; ten minutes without is not normal. */
const REFUND_WAIT_MS = 10 * MINUTE_MS

/**
 * The words of the Fusion+ order status (sources: the API's status answer in SDK 2.2.2 and the portal). `pending` covers
 * everything from auction to secret; fills and timelocks tell where in it an order is.
 */
export const fusionPlusVocabulary: Vocabulary = {
  words: [
    {
      status: 'unpublished',
      phase: 'created',
      rank: 0,
      label: 'Unpublished',
      meaning:
        'The order is known and not offered to resolvers; the documentation does not say why that happens.',
      nextActor: 'relayer',
      then: 'The relayer publishes the order; if it never does, no funds move and the order expires.',
      tell: 'Your order has arrived and is not offered to the market yet.',
      normalWaitMs: UNPUBLISHED_WAIT_MS,
    },
    {
      status: 'pending',
      phase: 'open',
      rank: 1,
      label: 'Pending',
      meaning: 'The order is signed and somewhere between its auction and the release of its secret.',
      nextActor: 'resolver',
      then: 'A resolver fills the order by locking funds on both chains; if none does, the order expires and nothing moves.',
      tell: 'Your order is live and we are waiting for a resolver.',
      normalWaitMs: PENDING_WAIT_MS,
    },
    {
      status: 'refunding',
      phase: 'refunding',
      // Behind the three phases of `pending`.
      rank: 4,
      label: 'Refunding',
      meaning:
        'The swap did not happen in time; the source escrow is to be cancelled, which returns the funds to the maker.',
      nextActor: 'resolver',
      then: 'The resolver cancels the source escrow; after the public cancellation time any resolver may, and is paid for it.',
      tell: 'The swap did not go through in time, and your funds are on their way back.',
      normalWaitMs: REFUND_WAIT_MS,
    },
    {
      status: 'executed',
      phase: 'completed',
      rank: 5,
      label: 'Executed',
      meaning:
        'The system says that the swap is done; the payout may become visible on its chain a moment later.',
      nextActor: 'nobody',
      then: 'Nothing more happens.',
      tell: 'Your swap is complete.',
      normalWaitMs: null,
    },
    {
      status: 'refunded',
      phase: 'refunded',
      rank: 5,
      label: 'Refunded',
      meaning: 'The source escrow was cancelled, and the funds went back to the maker.',
      nextActor: 'nobody',
      then: 'Nothing more happens.',
      tell: 'The swap did not go through, and your funds are back in your wallet.',
      normalWaitMs: null,
    },
    {
      status: 'expired',
      phase: 'expired',
      rank: 5,
      label: 'Expired',
      meaning: 'No resolver filled the order, or the rest of it, before its deadline.',
      nextActor: 'nobody',
      then: 'Nothing more happens to the part that was not filled.',
      tell: 'Nobody took your order in time. What was not filled has not left your wallet.',
      normalWaitMs: null,
    },
    {
      status: 'cancelled',
      phase: 'cancelled',
      rank: 5,
      label: 'Cancelled',
      meaning: 'The order was cancelled on its source chain; parts filled before go on.',
      nextActor: 'nobody',
      then: 'Nothing more happens to the part that was not filled.',
      tell: 'Your order was cancelled.',
      normalWaitMs: null,
    },
  ],
  stages: [
    { label: 'Unpublished', statuses: ['unpublished'] },
    { label: 'Auction', statuses: ['pending'], phases: ['open'] },
    { label: 'Source locked', statuses: ['pending'], phases: ['locking'] },
    { label: 'Both locked', statuses: ['pending'], phases: ['executing'] },
    { label: 'Executed', statuses: ['executed'] },
  ],
  // The chains of SDK 2.2.2 (src/chains.ts), named as the chains name themselves.
  chains: {
    '1': { name: 'Ethereum', family: 'evm' },
    '10': { name: 'OP Mainnet', family: 'evm' },
    '25': { name: 'Cronos', family: 'evm' },
    '56': { name: 'BNB Smart Chain', family: 'evm' },
    '100': { name: 'Gnosis', family: 'evm' },
    '130': { name: 'Unichain', family: 'evm' },
    '137': { name: 'Polygon', family: 'evm' },
    '143': { name: 'Monad', family: 'evm' },
    '146': { name: 'Sonic', family: 'evm' },
    '324': { name: 'ZKsync Era', family: 'evm' },
    '501': { name: 'Solana', family: 'solana' },
    '999': { name: 'HyperEVM', family: 'evm' },
    '4663': { name: 'Robinhood Chain', family: 'evm' },
    '8453': { name: 'Base', family: 'evm' },
    '42161': { name: 'Arbitrum One', family: 'evm' },
    '43114': { name: 'Avalanche C-Chain', family: 'evm' },
    '59144': { name: 'Linea', family: 'evm' },
  },
}

/** How far the escrows of a pending order are: none, one at the source, or both. */
export type PendingPhase = 'open' | 'locking' | 'executing'

const PENDING_RANKS: Record<PendingPhase, number> = { open: 1, locking: 2, executing: 3 }

/** The claim of a status word, closer than the word itself where its order has escrows. */
export function fusionPlusClaim(status: string, phase: PendingPhase): StatusClaim {
  const claim = claimOf(fusionPlusVocabulary, status)
  return status === 'pending' ? { status, phase, rank: PENDING_RANKS[phase] } : claim
}
