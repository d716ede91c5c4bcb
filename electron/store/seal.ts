import { closeSync, openSync, readFileSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { bytesOf, databaseFile, logFile, syncPath } from './files.ts'

/** Larger databases are sealed by their size alone: reading more than 256 MiB would be felt at the next start. */
const LARGEST_READ_BYTES = 256 * 2 ** 20

/** Bytes of the database held at a time while its checksum is taken. */
const CHUNK_BYTES = 2 ** 20

const sealSchema = z.object({ bytes: z.number().int(), crc: z.number().int().nullable() })

/**
 * How a database was left. `whole` closed in order and unchanged since · `sized` the same, for one so large that only
 * its size was kept · `open` not closed, as after a crash · `changed` closed in order and changed since by somebody else.
 */
export type SealState = 'whole' | 'sized' | 'open' | 'changed'

/** File that says how the database was when it was last closed. Stands only while the database is closed. */
export function sealFile(dataDir: string): string {
  return `${databaseFile(dataDir)}-seal`
}

/** Notes how the database is, or will be once `file` is in its place. To be called when nothing is left in its log. */
export function seal(dataDir: string, file: string = databaseFile(dataDir)): void {
  const draft = `${sealFile(dataDir)}.new`
  writeFileSync(draft, `${JSON.stringify(measure(file))}\n`, { mode: 0o600 })
  syncPath(draft)
  renameSync(draft, sealFile(dataDir))
  syncPath(dataDir)
}

/** Takes the seal away: from here on the database may change. */
export function breakSeal(dataDir: string): void {
  rmSync(sealFile(dataDir), { force: true })
  syncPath(dataDir)
}

/** Compares the database with its seal. What stands in a write-ahead log is in no seal. */
export function sealState(dataDir: string): SealState {
  const kept = readSeal(sealFile(dataDir))
  if (kept === null || bytesOf(logFile(dataDir)) > 0) return 'open'
  const file = databaseFile(dataDir)
  if (kept.bytes !== bytesOf(file)) return 'changed'
  if (kept.crc === null) return 'sized'
  return measure(file).crc === kept.crc ? 'whole' : 'changed'
}

/** Null when there is none or it is torn: then the database counts as not closed. */
function readSeal(file: string): z.infer<typeof sealSchema> | null {
  try {
    return sealSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

function measure(file: string): z.infer<typeof sealSchema> {
  const bytes = bytesOf(file)
  return { bytes, crc: bytes > LARGEST_READ_BYTES ? null : checksumOf(file) }
}

function checksumOf(file: string): number {
  const chunk = Buffer.alloc(CHUNK_BYTES)
  const handle = openSync(file, 'r')
  try {
    let crc = 0
    for (;;) {
      const length = readSync(handle, chunk)
      if (length === 0) return crc
      crc = crc32(chunk.subarray(0, length), crc)
    }
  } finally {
    closeSync(handle)
  }
}
