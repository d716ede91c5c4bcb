import { closeSync, copyFileSync, existsSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs'
import { APPLICATION_ID, PAGE_BYTES } from '../build.ts'
import { bytesOf } from '../files.ts'

/** Values of the two header bytes that say how commits are made (SQLite file format, 1.3). */
const WITHOUT_LOG = 1
const WITH_LOG = 2

/** A copy of a damaged store to read from: SQLite itself would change the original, up to deleting its log. */
export interface WreckCopy extends Disposable {
  file: string
}

/**
 * Copies a database, its header mended, with the log beside it or without, into a file of its own that is gone at the
 * end of the scope (`using`).
 */
export function copyWreck(file: string, isWithLog: boolean): WreckCopy {
  const copy = `${file}.${isWithLog ? 'whole' : 'alone'}`
  remove(copy)
  copyFileSync(file, copy)
  if (isWithLog && existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
  mendHeader(copy, isWithLog ? WITH_LOG : WITHOUT_LOG)
  return {
    file: copy,
    [Symbol.dispose]: () => {
      remove(copy)
    },
  }
}

function remove(copy: string): void {
  for (const part of ['', '-journal', '-wal', '-shm']) rmSync(`${copy}${part}`, { force: true })
}

function mendHeader(file: string, commits: number): void {
  const bytes = Math.max(PAGE_BYTES, bytesOf(file))
  const handle = openSync(file, 'r+')
  try {
    ftruncateSync(handle, bytes)
    for (const [offset, value] of knownFields(bytes, commits)) {
      writeSync(handle, value, 0, value.length, offset)
    }
  } finally {
    closeSync(handle)
  }
}

/** Fields of the header that are known without reading it, by their offset. */
function knownFields(bytes: number, commits: number): [offset: number, value: Buffer][] {
  return [
    [0, Buffer.from('SQLite format 3\0', 'latin1')],
    [16, number(PAGE_BYTES).subarray(2)],
    // Nothing reserved, and the payload fractions that the format prescribes.
    [18, Buffer.from([commits, commits, 0, 64, 32, 32])],
    // As many pages as there are: SQLite opens no database that is shorter than it says.
    [28, number(Math.floor(bytes / PAGE_BYTES))],
    // Schema format 4; text in UTF-8.
    [44, number(4)],
    [56, number(1)],
    [68, number(APPLICATION_ID)],
  ]
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
