import { crc32 } from 'node:zlib'
import { Damage } from './damage.ts'

/** Hexadecimal digits of a CRC-32. */
const MARK_LENGTH = 8

/** A text with its checksum before it, so that a bit that a disk turns over is noticed when it is read. */
export function withChecksum(text: string): string {
  return markOf(text) + text
}

/** The text that `withChecksum` was given; fails with `Damage` when it is another. */
export function checkedText(marked: string): string {
  const text = marked.slice(MARK_LENGTH)
  if (marked.slice(0, MARK_LENGTH) === markOf(text)) return text
  throw new Damage('A conclusion in the store is not as it was written.')
}

function markOf(text: string): string {
  return crc32(text).toString(16).padStart(MARK_LENGTH, '0')
}
