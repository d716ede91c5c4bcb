import { createHash } from 'node:crypto'

/** Chance that can be had again: the same seed gives the same draws in the same order. */
export interface Random {
  /** Uniform in [0, 1). */
  next: () => number
  /** Uniform among the whole numbers from `least` to `most`, both included. */
  integer: (least: number, most: number) => number
  /** True with probability `p`. */
  chance: (p: number) => boolean
  /** One of a list that is not empty. */
  pick: <T>(items: readonly T[]) => T
  /** Log-normal: half of the draws lie below `median`; `spread` 0.5 puts two thirds between 0.6 and 1.65 of it. */
  around: (median: number, spread: number) => number
  /** Exponential: the wait for something that happens every `mean` on average. */
  waiting: (mean: number) => number
  /** `0x` and that many random bytes. */
  hex: (byteCount: number) => string
  /** Chance of its own under this name, however much was or will be drawn here. */
  branch: (name: string) => Random
}

/** Chance from a seed. */
export function createRandom(seed: string | number): Random {
  const draw = xoshiro128(seed)
  const next = (): number => draw() / 2 ** 32
  const integer = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    integer,
    chance: (p) => next() < p,
    pick: (items) => {
      const item = items[integer(0, items.length - 1)]
      if (item === undefined) throw new RangeError('cannot pick from an empty list')
      return item
    },
    around: (median, spread) => median * Math.exp(spread * bell(next)),
    waiting: (mean) => -mean * Math.log(1 - next()),
    hex: (byteCount) => {
      const bytes = Buffer.alloc(4 * Math.ceil(byteCount / 4))
      for (let place = 0; place < byteCount; place += 4) bytes.writeUInt32BE(draw(), place)
      return `0x${bytes.toString('hex', 0, byteCount)}`
    },
    branch: (name) => createRandom(`${seed}/${name}`),
  }
}

/** One draw from the standard normal distribution (Box and Muller). */
function bell(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

/** Blackman and Vigna's xoshiro128**, 32 bits a draw. The hash spreads seeds that lie side by side. */
function xoshiro128(seed: string | number): () => number {
  const digest = createHash('sha256').update(String(seed)).digest()
  let a = digest.readUInt32LE(0)
  let b = digest.readUInt32LE(4)
  let c = digest.readUInt32LE(8)
  let d = digest.readUInt32LE(12)
  const turn = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits))
  return () => {
    const drawn = Math.imul(turn(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = turn(d, 11)
    return drawn
  }
}
