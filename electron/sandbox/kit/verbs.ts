import type { FaultVerb } from './faults.ts'

/** No fault lasts longer than an hour. */
const MOST_SECONDS = 3_600

/** No burst is longer than a run of the hardest test, twice. */
const MOST_EVENTS = 200_000

/** Things done before other work gets its turn. */
const BATCH = 500

type VerbHead = Pick<FaultVerb, 'does' | 'unit' | 'usual' | 'most'>

/** The head of a verb that lasts for seconds. */
export function lasting(does: string, usual: number): VerbHead {
  return { does, unit: 'seconds', usual, most: MOST_SECONDS }
}

/** The head of a verb that does something so many times. */
export function counted(does: string, usual: number, most: number = MOST_EVENTS): VerbHead {
  return { does, unit: 'events', usual, most }
}

/** A verb that turns one thing on, and off when its seconds are over. */
export function switched(does: string, usual: number, set: (isOn: boolean) => void): FaultVerb {
  return {
    ...lasting(does, usual),
    begin: () => {
      set(true)
    },
    end: () => {
      set(false)
    },
  }
}

/** Does one thing many times, going round what `among` finds at the beginning, in batches, until the signal fires. */
export function burst<T>(
  signal: AbortSignal,
  among: () => readonly T[],
  one: (item: T) => void,
): (count: number) => void {
  return (count) => {
    const items = among()
    let done = 0
    const batch = (): void => {
      const until = Math.min(count, done + BATCH)
      for (; done < until && !signal.aborted; done++) {
        const item = items[done % items.length]
        if (item !== undefined) one(item)
      }
      if (done < count && !signal.aborted) setImmediate(batch)
    }
    batch()
  }
}
