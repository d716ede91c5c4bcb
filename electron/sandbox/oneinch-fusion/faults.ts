import type { SandboxClock } from '../kit/clock.ts'
import type { Doorkeeper } from '../kit/doorkeeper.ts'
import { createFaults, type Faults, type FaultVerb } from '../kit/faults.ts'
import type { FrameServer } from '../kit/frameServer.ts'
import type { Gate } from '../kit/gate.ts'
import type { HistoryWriter } from '../kit/history.ts'
import { burst, counted, lasting, networkVerbs } from '../kit/networkVerbs.ts'
import type { Random } from '../kit/random.ts'
import type { OrderBook } from './book.ts'
import { garble } from './garble.ts'
import type { Mood } from './mood.ts'
import { isOver, type SandboxOrder } from './order.ts'

/** What the faults act on. */
export interface OneinchFaultsOptions {
  frames: FrameServer
  /** The room in which everything is told. */
  room: string
  history: HistoryWriter
  gate: Gate
  doorkeeper: Doorkeeper
  mood: Mood
  book: OrderBook
  clock: SandboxClock
  random: Random
  /** Tells a change of balance of an order. */
  touch: (order: SandboxOrder) => void
  /** Ends bursts under way. */
  signal: AbortSignal
}

/** All verbs of this server. */
export function createOneinchFaults(options: OneinchFaultsOptions): Faults {
  return createFaults(
    { ...networkVerbs(options.gate), ...serverVerbs(options), ...streamVerbs(options) },
    options.clock,
  )
}

function serverVerbs({ frames, doorkeeper, mood }: OneinchFaultsOptions): Record<string, FaultVerb> {
  const expired = (): void => {
    frames.dismiss(4401, 'unauthorized')
  }
  return {
    ...doorkeeper.verbs(expired),
    speechless: switched('Requests over the socket are not answered.', (isOn) => {
      mood.isSpeechless = isOn
    }),
  }
}

function streamVerbs(options: OneinchFaultsOptions): Record<string, FaultVerb> {
  const { frames, room, history, clock, random, touch } = options
  return {
    repeat: switched('Sends each event twice.', frames.setRepeating),
    reorder: switched('Sends events in a wrong order, a few at a time.', frames.setReordering),
    garble: {
      ...counted('Sends malformed frames among the good ones.', 50),
      begin: toOpen(options, (order) => {
        const payload = garble(order, random)
        history.offered({ atMs: clock.nowMs(), room, event: 'garbled', payload, isGarbled: true })
        frames.write(room, payload)
      }),
    },
    flood: {
      ...counted('Changes of real orders as fast as they can be sent.', 1_000),
      begin: toOpen(options, touch),
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

/** Does one thing many times, going round the orders that are not over. */
function toOpen(
  { book, signal }: OneinchFaultsOptions,
  one: (order: SandboxOrder) => void,
): (count: number) => void {
  return (count) => {
    const orders = book.all().filter((order) => !isOver(order))
    burst(signal, (at) => {
      const order = orders[at % orders.length]
      if (order) one(order)
    })(count)
  }
}
