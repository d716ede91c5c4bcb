import { readFileSync } from 'node:fs'

/** Sizes in the write-ahead log, bytes (SQLite file format, 4.1 and 4.2). */
const HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24

/** The header's first word where checksums are taken over little-endian words; one more where over big-endian ones. */
const MAGIC = 0x377f0682

type Sums = readonly [number, number]

/**
 * Commits in a write-ahead log that stand behind a frame with a wrong checksum. SQLite takes such a log to end before
 * that frame, as it does rightly when a crash tore the last write; more than that last commit was acknowledged once.
 */
export function commitsBehindDamage(file: string): number {
  const log = readFileSync(file)
  if (log.length < HEADER_BYTES) return 0
  const magic = log.readUInt32BE(0)
  const pageBytes = log.readUInt32BE(8)
  if ((magic & ~1) >>> 0 !== MAGIC || pageBytes < 512 || pageBytes > 65_536) return 0
  const sum = summer(log, (magic & 1) === 1)
  let sums: Sums | null = sum([0, 0], 0, HEADER_BYTES - 8)
  let count = 0
  const frameBytes = FRAME_HEADER_BYTES + pageBytes
  for (let at = HEADER_BYTES; at + frameBytes <= log.length; at += frameBytes) {
    // Frames of an earlier turn of the log have other salts.
    if (log.compare(log, 16, 24, at + 8, at + 16) !== 0) break
    const isCommit = log.readUInt32BE(at + 4) !== 0
    if (sums !== null) {
      const next = sum(sum(sums, at, 8), at + FRAME_HEADER_BYTES, pageBytes)
      const isRight = next[0] === log.readUInt32BE(at + 16) && next[1] === log.readUInt32BE(at + 20)
      sums = isRight ? next : null
    }
    if (sums === null && isCommit) count += 1
  }
  return count
}

function summer(log: Buffer, isBigEndian: boolean): (sums: Sums, from: number, bytes: number) => Sums {
  const word = (at: number): number => (isBigEndian ? log.readUInt32BE(at) : log.readUInt32LE(at))
  return ([first, second], from, bytes) => {
    let [a, b] = [first, second]
    for (let at = from; at < from + bytes; at += 8) {
      a = (a + word(at) + b) >>> 0
      b = (b + word(at + 4) + a) >>> 0
    }
    return [a, b]
  }
}
