import type { Book } from '../kit/book.ts'
import type { SandboxClock } from '../kit/clock.ts'
import type { Doorkeeper } from '../kit/doorkeeper.ts'
import { disorderVerbs } from '../kit/disorder.ts'
import { createFaults, type Faults, type FaultVerb } from '../kit/faults.ts'
import type { FrameServer } from '../kit/frameServer.ts'
import type { Gate } from '../kit/gate.ts'
import { networkVerbs } from '../kit/networkVerbs.ts'
import type { Random } from '../kit/random.ts'
import type { ReplyFaults } from '../kit/replyFaults.ts'
import { burst, counted, switched } from '../kit/verbs.ts'
import { garble } from './garble.ts'
import type { Mood } from './mood.ts'
import { isOver, type SandboxOrder } from './order.ts'

/** What the faults act on. */
export interface OneinchFaultsOptions {
  frames: FrameServer
  /** The room in which everything is told. */
  room: string
  gate: Gate
  replies: ReplyFaults
  doorkeeper: Doorkeeper
  mood: Mood
  book: Book<SandboxOrder>
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
    {
      ...networkVerbs(options.gate),
      ...options.replies.verbs,
      ...serverVerbs(options),
      ...streamVerbs(options),
    },
    options.clock,
  )
}

function serverVerbs({ frames, doorkeeper, mood }: OneinchFaultsOptions): Record<string, FaultVerb> {
  const expired = (): void => {
    frames.dismiss(4401, 'unauthorized')
  }
  return {
    ...doorkeeper.verbs(expired),
    speechless: switched('Requests over the socket are not answered.', 30, (isOn) => {
      mood.isSpeechless = isOn
    }),
  }
}

function streamVerbs(options: OneinchFaultsOptions): Record<string, FaultVerb> {
  const { frames, room, book, random, touch, signal } = options
  const open = (): SandboxOrder[] => book.all().filter((order) => !isOver(order))
  return {
    ...disorderVerbs(frames),
    garble: {
      ...counted('Sends malformed frames among the good ones.', 50),
      begin: burst(signal, open, (order) => {
        frames.sendGarbled(room, garble(order, random))
      }),
    },
    flood: {
      ...counted('Changes of real orders as fast as they can be sent.', 1_000),
      begin: burst(signal, open, touch),
    },
  }
}
