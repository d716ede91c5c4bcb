import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { databaseFile, logFile } from '../../electron/store/files.ts'

/** One way to damage a store. */
export interface Damage {
  name: string
  /** Damages the store of a folder; `random` decides where. */
  inflict: (dataDir: string, random: () => number) => void
}

const PAGE_BYTES = 8_192

/** One bit of the database turned over. */
export const flippedBit: Damage = {
  name: 'a flipped bit',
  inflict: (dataDir, random) => {
    change(databaseFile(dataDir), (bytes) => {
      const at = Math.floor(random() * bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
      return bytes
    })
  },
}

/** One page of the database overwritten with zeros. */
export const zeroedPage: Damage = {
  name: 'a zeroed page',
  inflict: (dataDir, random) => {
    change(databaseFile(dataDir), (bytes) => {
      const page = Math.floor(random() * Math.ceil(bytes.length / PAGE_BYTES))
      return bytes.fill(0, page * PAGE_BYTES, (page + 1) * PAGE_BYTES)
    })
  },
}

/** The end of the database cut off anywhere. */
export const truncated: Damage = {
  name: 'a truncation',
  inflict: (dataDir, random) => {
    const file = databaseFile(dataDir)
    truncateSync(file, Math.floor(random() * readFileSync(file).length))
  },
}

/** One bit of the write-ahead log turned over. */
export const flippedLogBit: Damage = {
  name: 'a flipped bit in the log',
  inflict: (dataDir, random) => {
    change(logFile(dataDir), (bytes) => {
      const at = Math.floor(random() * bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
      return bytes
    })
  },
}

/** The write-ahead log deleted. */
export const deletedLog: Damage = {
  name: 'a deleted log',
  inflict: (dataDir) => {
    rmSync(logFile(dataDir))
  },
}

/** A file put in place of the database. */
export function replacedBy(name: string, bytes: Buffer): Damage {
  return {
    name,
    inflict: (dataDir) => {
      writeFileSync(databaseFile(dataDir), bytes)
    },
  }
}

/** The write-ahead log of another store put beside the database. */
export function logOf(name: string, bytes: Buffer): Damage {
  return {
    name,
    inflict: (dataDir) => {
      writeFileSync(logFile(dataDir), bytes)
    },
  }
}

function change(file: string, how: (bytes: Buffer) => Buffer): void {
  writeFileSync(file, how(readFileSync(file)))
}
