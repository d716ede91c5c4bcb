import { encodeAbiParameters, toFunctionSelector } from 'viem/utils'
import type { Random } from '../kit/random.ts'

type Hex = `0x${string}`

/** Reverts without a value, by their selectors on the contract page. */
const PLAIN_REVERTS: readonly Hex[] = ['0x8199f5f3', '0xaac3845a', '0x2c54a94e', '0xd4446472', '0x5fc483c5']

/** Sentences as nobody documents them, for what is no revert. */
const SENTENCES = {
  oracle: [
    'deposit oracle could not verify transfer: transfer_not_found',
    'oracle rejected deposit: amount_mismatch (claimed 250000, found 25000)',
    'deposit verification failed: condition_a_failed',
  ],
  admission: ['admission failed: signature does not match the signer', 'admission failed: chain id mismatch'],
  deadline: ['intent expired before inclusion', 'expiresAt passed before the intent was included'],
} as const

/** What the gateway says when it gives a submission up. */
export function drawTrouble(
  random: Random,
  why: keyof typeof SENTENCES | 'revert',
  transaction: string | null,
): string {
  if (why !== 'revert') return random.pick<string>(SENTENCES[why])
  const gas = random.integer(40_000, 900_000)
  const place = random.integer(0, 12)
  return `payload_flagged:stage=Execute outcome=Reverted intent_index=${place} tx_hash=${transaction ?? ''} reason=reverted:gas_used=${gas} output=${drawOutput(random)}`
}

function drawOutput(random: Random): string {
  const kind = random.integer(0, 5)
  if (kind === 0)
    return errorWith(random.pick(['insufficient liquidity', 'STF', '<b>call +1 555 0100</b>', '']))
  if (kind === 1) return panicWith(random.pick([0x11n, 0x12n, 0x32n]))
  if (kind === 2)
    return withNumber('DeadlineExpired(uint256)', BigInt(random.integer(1_700_000_000, 1_800_000_000)))
  if (kind === 3) return random.hex(4)
  return random.pick(PLAIN_REVERTS)
}

function errorWith(text: string): string {
  return toFunctionSelector('Error(string)') + encodeAbiParameters([{ type: 'string' }], [text]).slice(2)
}

function panicWith(code: bigint): string {
  return withNumber('Panic(uint256)', code)
}

function withNumber(signature: string, value: bigint): string {
  return toFunctionSelector(signature) + encodeAbiParameters([{ type: 'uint256' }], [value]).slice(2)
}
