import type { FaultVerb } from './faults.ts'
import type { Gate } from './gate.ts'
import { lasting } from './verbs.ts'

/** Seconds that `drop` and `stall` last when no number is given: enough for a client with a socket to notice. */
const USUAL = { drop: 3, stall: 10 }

/** What can fail between any two ends, whatever they speak. */
export function networkVerbs(gate: Gate, usual: typeof USUAL = USUAL): Record<string, FaultVerb> {
  return {
    drop: {
      ...lasting('Cuts every connection, and every new one at once.', usual.drop),
      begin: gate.cut,
      end: () => {
        gate.heal('cut')
      },
    },
    stall: {
      ...lasting('Accepts and says nothing; afterwards everything comes at once, in order.', usual.stall),
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
