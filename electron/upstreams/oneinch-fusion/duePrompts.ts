/** Most orders that wait for a reading: a flood must not grow a list for ever; the sweep finds the rest. */
const MOST_WAITING = 20_000

/** Orders to be read again, each when it falls due: what was heard of them says that something changed, not what. */
export interface DuePrompts {
  /** Reads an order at an instant, or earlier when it is already to be read earlier. */
  prompt: (hash: string, atMs: number) => void
  /** Reads an order at an instant besides, after which it is said to be over: once, the last one told. */
  expect: (hash: string, atMs: number) => void
  /** The order is over: nothing of it changes any more. */
  over: (hash: string) => void
  /** Takes out what is due, the longest waiting first. */
  take: (nowMs: number, most: number) => string[]
}

interface Waiting {
  hash: string
  promptedMs: number
  expectedMs: number
}

/** No order waits. */
export function createDuePrompts(): DuePrompts {
  const waiting = new Map<string, Waiting>()

  function entry(hash: string): Waiting | null {
    const key = hash.toLowerCase()
    const known = waiting.get(key)
    if (known !== undefined || waiting.size >= MOST_WAITING) return known ?? null
    const fresh = { hash, promptedMs: Infinity, expectedMs: Infinity }
    waiting.set(key, fresh)
    return fresh
  }

  return {
    prompt: (hash, atMs) => {
      const known = entry(hash)
      if (known !== null) known.promptedMs = Math.min(known.promptedMs, atMs)
    },
    expect: (hash, atMs) => {
      const known = entry(hash)
      if (known !== null) known.expectedMs = atMs
    },
    over: (hash) => void waiting.delete(hash.toLowerCase()),
    take: (nowMs, most) => {
      const due: string[] = []
      for (const [key, one] of waiting) {
        if (due.length >= most) break
        if (Math.min(one.promptedMs, one.expectedMs) > nowMs) continue
        due.push(one.hash)
        one.promptedMs = Infinity
        if (one.expectedMs <= nowMs) waiting.delete(key)
        else if (one.expectedMs === Infinity) waiting.delete(key)
      }
      return due
    },
  }
}
