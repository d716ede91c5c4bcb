import type { Abi } from 'viem'
import { viem } from '../kit/viem.ts'
import { KNOWN_ERRORS, PANICS } from './selectors.ts'

type Hex = `0x${string}`

/** What the output of a reverted call means. All texts are plain; what a contract wrote stands in quotation marks. */
export interface Revert {
  /** `0x` and 8 hex digits, lower case. */
  selector: string
  /** The signature that the selector matches; null for an unknown one. */
  signature: string | null
  /** One sentence. */
  text: string
}

/** Longest text of a contract that is repeated, characters. */
const LONGEST_REASON = 500

/** Bytes in front of the text of an `Error(string)`: selector, offset, length. */
const HEAD_BYTES = 4 + 32 + 32

/** A line of text must not be broken, hidden or turned around by what a contract wrote. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Names what a call reverted with, by its output (`0x…`); null where there is no selector to name. */
export function readRevert(output: string): Revert | null {
  const data = output.toLowerCase()
  if (!/^0x(?:[0-9a-f]{2}){4,}$/.test(data)) return null
  const selector = data.slice(0, 10)
  const known = KNOWN_ERRORS.get(selector)
  if (known === undefined) {
    return { selector, signature: null, text: `Reverted with an error that is not known here (${selector}).` }
  }
  const { source, signature } = known
  const args = argumentsOf(signature, data as Hex)
  if (signature === 'Error(string)') {
    return { selector, signature, text: errorText(args ?? [clampedReason(data)]) }
  }
  if (signature === 'Panic(uint256)') return { selector, signature, text: panicText(args) }
  // The same selector can be another error of another contract, and the gateway does not say which one reverted.
  const values = args === null || args.length === 0 ? '' : ` with ${args.map(String).join(', ')}`
  return { selector, signature, text: `Reverted; matches ${signature} of ${source}${values}.` }
}

/** Null where the data are not what the signature promises. */
function argumentsOf(signature: string, data: Hex): readonly unknown[] | null {
  try {
    const { decodeErrorResult, parseAbiItem } = viem()
    const abi = [parseAbiItem(`error ${signature}`)] as Abi
    return decodeErrorResult({ abi, data }).args ?? []
  } catch {
    return null
  }
}

function errorText([reason]: readonly unknown[]): string {
  const plain = (typeof reason === 'string' ? reason : '').replaceAll(UNSEEN, '\u{fffd}')
  if (plain === '') return 'Reverted without giving a reason.'
  const cut = plain.length > LONGEST_REASON ? `${plain.slice(0, LONGEST_REASON)}…` : plain
  return `Reverted with the text “${cut}”.`
}

function panicText(args: readonly unknown[] | null): string {
  const [code] = args ?? []
  if (typeof code !== 'bigint') return 'Reverted with a panic whose code cannot be read.'
  return `Reverted with a panic: ${PANICS.get(code) ?? 'a code that is not known here'} (0x${code.toString(16).padStart(2, '0')}).`
}

/** The text of an `Error(string)` whose declared length is beyond its data: what there is of it. */
function clampedReason(data: string): string {
  const bytes = Buffer.from(data.slice(2), 'hex')
  if (bytes.length <= HEAD_BYTES) return ''
  const declared = BigInt(`0x${bytes.toString('hex', HEAD_BYTES - 32, HEAD_BYTES)}`)
  const length = declared < BigInt(bytes.length) ? Number(declared) : bytes.length
  return bytes.toString('utf8', HEAD_BYTES, Math.min(bytes.length, HEAD_BYTES + length)).replace(/\0+$/, '')
}
