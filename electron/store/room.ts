import { statfsSync } from 'node:fs'
import { Failure } from '../../shared/api/failure.ts'
import type { WalKeeper } from './walKeeper.ts'

/**
 * Kept free on the disk for what has to be written when it is nearly full, a checkpoint and a rollback among them:
 * 64 MiB, and of a small disk no more than a sixteenth.
 */
const RESERVE_BYTES = 64 * 2 ** 20
const RESERVE_SHARE = 1 / 16

/** Stops writing before the disk is full: on a full one not even a checkpoint or a deletion succeeds any more. */
export class Room {
  readonly #dataDir
  readonly #wal

  constructor(dataDir: string, wal: WalKeeper) {
    this.#dataDir = dataDir
    this.#wal = wal
  }

  /** Whether there is room to write safely. */
  isThere(): boolean {
    return this.#missingBytes() === 0
  }

  /** Fails with `disk` while there is too little room to write safely. What is logged is moved away first, once. */
  check(): void {
    if (this.#missingBytes() === 0) return
    this.#wal.drain()
    const missing = this.#missingBytes()
    if (missing === 0) return
    throw new Failure(
      'disk',
      `The disk of the data folder is nearly full: ${mib(missing)} MiB more are needed to write safely.`,
      {
        tip: 'Free space on it; writing goes on by itself, and nothing acknowledged is lost.',
        facts: { missingBytes: missing, dataDir: this.#dataDir },
        isRetryable: true,
      },
    )
  }

  /** Twice what is logged: the database may grow by that much when it is moved there, and the log by as much again. */
  #missingBytes(): number {
    const { bavail, bsize, blocks } = statfsSync(this.#dataDir)
    const reserve = Math.min(RESERVE_BYTES, blocks * bsize * RESERVE_SHARE)
    return Math.max(0, 2 * this.#wal.pendingBytes() + reserve - bavail * bsize)
  }
}

function mib(bytes: number): string {
  return (Math.ceil((bytes / 2 ** 20) * 10) / 10).toFixed(1)
}
