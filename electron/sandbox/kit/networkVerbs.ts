import type { FaultVerb } from './faults.ts'
import type { Gate } from './gate.ts'

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
export function counted(does: string, usual: number): VerbHead {
  return { does, unit: 'events', usual, most: MOST_EVENTS }
}

/** Does one thing many times, in batches, until the signal fires. */
export function burst(signal: AbortSignal, one: (at: number) => void): (count: number) => void {
  return (count) => {
    let done = 0
    const batch = (): void => {
      const until = Math.min(count, done + BATCH)
      for (; done < until && !signal.aborted; done++) one(done)
      if (done < count && !signal.aborted) setImmediate(batch)
    }
    batch()
  }
}

/** What can fail between any two ends, whatever they speak. */
export function networkVerbs(gate: Gate): Record<string, FaultVerb> {
  return {
    drop: {
      ...lasting('Cuts every connection, and every new one at once.', 3),
      begin: gate.cut,
      end: () => {
        gate.heal('cut')
      },
    },
    stall: {
      ...lasting('Accepts and says nothing; afterwards everything comes at once, in order.', 10),
      begin: gate.hold,
      end: () => {
        gate.heal('hold')
      },
    },
    'half-open': {
      ...lasting('Present connections carry nothing any more, heartbeats neither; new ones work.', 120),
      begin: gate.deafen,
      end: () => {
        gate.heal('deafen')
      },
    },
  }
}
