/** Where in the life of an event the process is to die. */
export type Death = 'before commit' | 'after commit'

/** One event that the upstream offers: its number is all that it has to say. */
export interface Offer {
  n: number
  /** Kills the process that takes it in, at this point. */
  death?: Death
  /** Makes it as large as that, so that the log soon has to be moved. */
  padding?: string
}

/** An offer as the backend says it. */
export function offered({ n, death, padding }: Offer): object {
  return {
    intentId: `0x${n.toString(16).padStart(64, '0')}`,
    status: 'matched',
    updatedAt: 1_760_000_000 + n,
    ...(death === undefined ? {} : { death }),
    ...(padding === undefined ? {} : { padding }),
  }
}

/** The number of an offer by its payload; null for anything else. */
export function numberOf(payload: string): number | null {
  const found = /"intentId":"0x([0-9a-f]{64})"/.exec(payload)?.[1]
  return found === undefined ? null : parseInt(found, 16)
}

/** Where the process is to die by a payload; null when nowhere. */
export function deathIn(payload: string): Death | null {
  return (/"death":"(before commit|after commit)"/.exec(payload)?.[1] as Death | undefined) ?? null
}

/** Ends this process as a power switch would: nothing runs after it. */
export function dieNow(): never {
  process.kill(process.pid, 'SIGKILL')
  // The signal is delivered before the call returns; this only tells the compiler so.
  throw new Error('unreachable')
}
