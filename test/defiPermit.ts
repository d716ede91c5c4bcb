import type { TypedDataDefinition } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48'
const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const ESCROW = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const RESOLVER = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512'

/** Until when the approval can be added, unix seconds. */
export const APPROVE_BEFORE_SEC = 1_795_280_000

/** The maker's wallet; its key is a test's. */
export const wallet = privateKeyToAccount(`0x${'42'.repeat(32)}`)

/** Somebody else's. */
export const stranger = privateKeyToAccount(`0x${'43'.repeat(32)}`)

/** What an intent is created from, as the generation `execution` takes it. */
export const ASKED = {
  quote_id: 'q-0a1b2c3d',
  from: { from_network_id: 1, from_token: USDC, from_address: wallet.address },
  to: {
    to_network_id: 4,
    to_token: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
    to_address: '9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin',
  },
  refund_address: wallet.address,
  amount: 100.5,
  slippage_bps: '50',
}

const TYPES = {
  PermitWitnessTransferFrom: [
    { name: 'permitted', type: 'TokenPermissions' },
    { name: 'spender', type: 'address' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
    { name: 'witness', type: 'SwapWitness' },
  ],
  TokenPermissions: [
    { name: 'token', type: 'address' },
    { name: 'amount', type: 'uint256' },
  ],
  SwapWitness: [
    { name: 'resolverDepositAddress', type: 'address' },
    { name: 'secretHash', type: 'bytes32' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const

const DOMAIN = { name: 'Permit2', chainId: 1, verifyingContract: PERMIT2 } as const

/** `params_to_sign` of a Permit2 approval. */
export const PARAMS = {
  escrow_contract_address: ESCROW,
  permit2_contract_address: PERMIT2,
  resolver_deposit_address: RESOLVER,
  nonce: 7_340_033,
  additional_data: {
    domain: DOMAIN,
    types: TYPES,
    witness: {
      resolverDepositAddress: RESOLVER,
      secretHash: `0x${'5a'.repeat(32)}`,
      deadline: APPROVE_BEFORE_SEC,
    },
    witness_type_string: 'SwapWitness witness)…',
    witness_hash: `0x${'6b'.repeat(32)}`,
  },
}

/** The answer to its creation. */
export const CREATED = {
  deadline_at: APPROVE_BEFORE_SEC,
  secret_hash: `0x${'5a'.repeat(32)}`,
  approval_type: 'permit2',
  params_to_sign: PARAMS,
}

/** The typed data that a wallet is handed, JSON as it stands in a file; `more` replaces values of the message. */
export function typedData(more: object = {}): TypedDataDefinition {
  const message = {
    permitted: { token: USDC, amount: '100500000' },
    spender: ESCROW,
    nonce: String(PARAMS.nonce),
    deadline: String(APPROVE_BEFORE_SEC),
    witness: { ...PARAMS.additional_data.witness, deadline: String(APPROVE_BEFORE_SEC) },
    ...more,
  }
  return { domain: { ...DOMAIN }, types: TYPES, primaryType: 'PermitWitnessTransferFrom' as const, message }
}

/** What a wallet gives for it. */
export function signatureOf(account: typeof wallet, more: object = {}): Promise<string> {
  // The wallet takes digits where the types say bigint.
  return account.signTypedData(typedData(more))
}
