import type { SandboxClock } from '../kit/clock.ts'
import type { Doorkeeper } from '../kit/doorkeeper.ts'
import { createFaults, type Faults, type FaultVerb } from '../kit/faults.ts'
import type { FrameServer } from '../kit/frameServer.ts'
import type { Gate } from '../kit/gate.ts'
import type { HistoryWriter } from '../kit/history.ts'
import { burst, counted, lasting, networkVerbs } from '../kit/networkVerbs.ts'
import type { Random } from '../kit/random.ts'
import { BABBLE, garble } from './garble.ts'
import { isOver, type SandboxOrder } from './order.ts'

/** What the faults act on. */
export interface FusionPlusFaultsOptions {
  frames: FrameServer
  /** The room in which everything is told. */
  room: string
  gate: Gate
  doorkeeper: Doorkeeper
  book: ReadonlyMap<string, SandboxOrder>
  history: HistoryWriter
  clock: SandboxClock
  random: Random
  /** Tells a change of balance of an order. */
  touch: (order: SandboxOrder) => void
  /** Ends bursts under way. */
  signal: AbortSignal
}

/** All verbs of this server. */
export function createFusionPlusFaults(options: FusionPlusFaultsOptions): Faults {
  const { gate, doorkeeper, frames, clock } = options
  const atDoor = doorkeeper.verbs(() => {
    frames.dismiss(4401, 'unauthorized')
  })
  return createFaults({ ...networkVerbs(gate), ...atDoor, ...streamVerbs(options) }, clock)
}

function streamVerbs(options: FusionPlusFaultsOptions): Record<string, FaultVerb> {
  const { frames, room, history, clock, random, touch, signal, book } = options
  const roundOrders = (one: (order: SandboxOrder) => void): ((count: number) => void) => {
    return (count) => {
      const orders = [...book.values()].filter((order) => !isOver(order))
      burst(signal, (at) => {
        const order = orders[at % orders.length]
        if (order) one(order)
      })(count)
    }
  }
  return {
    repeat: switched('Sends each event twice.', frames.setRepeating),
    reorder: switched('Sends events in a wrong order, a few at a time.', frames.setReordering),
    garble: {
      ...counted('Sends malformed frames among the good ones.', 50),
      begin: roundOrders((order) => {
        const payload = garble(order, random)
        history.offered({ atMs: clock.nowMs(), room, event: 'garbled', payload, isGarbled: true })
        frames.write(room, payload)
      }),
    },
    babble: {
      ...counted('Sends bytes that are no WebSocket frame; clients close on the first.', 1),
      begin: () => {
        frames.writeBytes(BABBLE)
      },
    },
    flood: {
      ...counted('Changes of real orders as fast as they can be sent.', 1_000),
      begin: roundOrders(touch),
    },
  }
}

function switched(does: string, set: (isOn: boolean) => void): FaultVerb {
  return {
    ...lasting(does, 30),
    begin: () => {
      set(true)
    },
    end: () => {
      set(false)
    },
  }
}
