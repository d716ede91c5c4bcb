import type { Random } from '../kit/random.ts'
import type { Swap } from './swap.ts'

/** Where Permit2 stands on every EVM chain. */
const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'

/** Chain id of Ethereum, which the typed data is for; the system's own network ids are others. */
const ETHEREUM = 1

/** What the maker of a swap has to sign, by how its source network approves [S]. */
export function paramsToSign(swap: Swap, random: Random): Record<string, unknown> {
  switch (swap.from.network.approval) {
    case 'permit2':
      return permit2Params(swap, random)
    case 'htlc':
      return { psbt: psbtOf(swap, random), inputs: [0] }
    case 'cosign':
      return { transaction: random.hex(180).slice(2) }
  }
}

function permit2Params({ secretHash, deadlineAtMs }: Swap, random: Random): Record<string, unknown> {
  const resolver = random.hex(20)
  return {
    escrow_contract_address: random.hex(20),
    permit2_contract_address: PERMIT2,
    resolver_deposit_address: resolver,
    nonce: random.integer(1, 2 ** 40),
    additional_data: {
      domain: { name: 'Permit2', chainId: ETHEREUM, verifyingContract: PERMIT2 },
      types: {
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
      },
      witness: { resolverDepositAddress: resolver, secretHash, deadline: Math.floor(deadlineAtMs / 1_000) },
      witness_type_string:
        'SwapWitness witness)SwapWitness(address resolverDepositAddress,bytes32 secretHash,uint256 deadline)TokenPermissions(address token,uint256 amount)',
      witness_hash: random.hex(32),
    },
  }
}

/** A partially signed transaction (BIP 174) of one input, which pays the amount into a script of this swap. */
function psbtOf({ amount }: Swap, random: Random): string {
  const sats = Buffer.alloc(8)
  sats.writeBigUInt64LE(BigInt(amount))
  const spent = `${random.hex(32).slice(2)}0000000000fdffffff`
  const paid = `${sats.toString('hex')}220020${random.hex(32).slice(2)}`
  const unsigned = Buffer.from(`0200000001${spent}01${paid}00000000`, 'hex')
  const globals = Buffer.concat([Buffer.from([1, 0, unsigned.length]), unsigned, Buffer.from([0])])
  // One empty map each for the input and the output.
  return Buffer.concat([Buffer.from('70736274ff', 'hex'), globals, Buffer.from([0, 0])]).toString('base64')
}
