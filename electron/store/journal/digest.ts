import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'

/** 128 bits: enough that no two rows meet by chance; what equals by digest is compared by content besides. */
const DIGEST_BYTES = 16

/** The chain's value before the first event. */
export const CHAIN_START: Buffer = Buffer.alloc(DIGEST_BYTES)

/** Sixteen bytes of SHA-256. */
export function digest(data: string | Buffer): Buffer {
  // As text, since Node makes a buffer of a hash four times slower.
  return Buffer.from(hash('sha256', data, 'binary').slice(0, DIGEST_BYTES), 'binary')
}

/** What an event says, whoever heard it when: connection, kind and payload. */
export function contentDigest(event: RawEvent): Buffer {
  return digest(`${event.connection}\n${event.system}\n${event.kind}\n${event.payload}`)
}

/**
 * A content digest cut to what a number holds exactly, 52 bits: half the size of an index of digests. Two contents may
 * meet in it, so what it finds is compared.
 */
export function dedupeNumber(content: Buffer): number {
  return content.readUIntBE(0, 6) * 16 + (content.readUInt8(6) & 15)
}

/** The checksum of a whole row, CRC-32: it finds what a disk breaks, row by row. What people change, the chain finds. */
export function rowChecksum(event: RawEvent, seq: number): number {
  return crc32(`${restOf(event, seq)}\n${event.connection}\n${event.system}\n${event.kind}\n${event.payload}`)
}

/** The next link of the chain: it stands for every row up to this one. `content` is the event's content digest. */
export function chainAfter(previous: Buffer, event: RawEvent & { seq: number }, content: Buffer): Buffer {
  return digest(Buffer.concat([previous, content, Buffer.from(restOf(event, event.seq))]))
}

/** What a row holds besides its content. */
function restOf({ origin, receivedAtMs, isSample, damage }: RawEvent, seq: number): string {
  const mark = damage === undefined ? '' : JSON.stringify([damage.path, damage.reason])
  return `${seq}\n${origin}\n${receivedAtMs}\n${isSample}\n${mark}`
}
