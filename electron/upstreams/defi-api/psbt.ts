/** What a partially signed Bitcoin transaction spends and pays (BIP 174). */
export interface PsbtOutline {
  /** Transaction and output number of what is spent: `<txid>:<n>`. */
  inputs: string[]
  /** `sats` in base units; the script in hex, since no page names the network whose addresses it would have. */
  outputs: { sats: string; script: string }[]
}

/** The bytes of “psbt” and 0xff, with which every one begins. */
const MAGIC = '70736274ff'

/** Key of the unsigned transaction in the global map. */
const UNSIGNED_TX = '00'

/** Bytes of a transaction's id, and of a number of an output, a sequence, a version or a lock time. */
const TXID = 32
const WORD = 4

/** Reads what a PSBT is about from its base64; null for what is none of version 0. */
export function readPsbt(base64: string): PsbtOutline | null {
  try {
    const bytes = new Bytes(Buffer.from(base64, 'base64'))
    if (bytes.take(MAGIC.length / 2).toString('hex') !== MAGIC) return null
    for (let length = bytes.count(); length > 0; length = bytes.count()) {
      const key = bytes.take(length).toString('hex')
      const value = bytes.take(bytes.count())
      if (key === UNSIGNED_TX) return transactionOf(new Bytes(value))
    }
    return null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function transactionOf(bytes: Bytes): PsbtOutline {
  bytes.take(WORD)
  const inputs = Array.from({ length: bytes.count() }, () => {
    // Ids are written the other way round than they are hashed.
    const txid = Buffer.from(bytes.take(TXID)).reverse().toString('hex')
    const place = bytes.take(WORD).readUInt32LE()
    bytes.take(bytes.count())
    bytes.take(WORD)
    return `${txid}:${place}`
  })
  const outputs = Array.from({ length: bytes.count() }, () => {
    const sats = String(bytes.take(2 * WORD).readBigUInt64LE())
    return { sats, script: bytes.take(bytes.count()).toString('hex') }
  })
  return { inputs, outputs }
}

/** Bytes read from front to back; fails with `RangeError` at their end. */
class Bytes {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  take(length: number): Buffer {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('The bytes end here.')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }

  /** A count of variable length, as Bitcoin writes them; fails with `RangeError` for one beyond the bytes that are left. */
  count(): number {
    const first = this.take(1).readUInt8()
    const count = first < 0xfd ? first : first === 0xfd ? this.take(2).readUInt16LE() : this.#wideCount(first)
    if (count > this.#bytes.length) throw new RangeError('It counts more than there is.')
    return count
  }

  #wideCount(first: number): number {
    return first === 0xfe ? this.take(WORD).readUInt32LE() : Number(this.take(2 * WORD).readBigUInt64LE())
  }
}
