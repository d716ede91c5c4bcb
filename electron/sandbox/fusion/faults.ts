import type { Server } from 'socket.io'
import type { SandboxClock } from '../kit/clock.ts'
import { createFaults, type Faults, type FaultVerb } from '../kit/faults.ts'
import type { Gate } from '../kit/gate.ts'
import type { HistoryWriter } from '../kit/history.ts'
import type { Random } from '../kit/random.ts'
import { isOver, type WorldIntent } from '../world/intent.ts'
import type { World } from '../world/world.ts'
import { BABBLE, garble, packetOf } from './garble.ts'
import type { Mood } from './mood.ts'
import type { Outlet } from './outlet.ts'
import { ALL_ROOM } from './sockets.ts'

/** What the faults act on. */
export interface FusionFaultsOptions {
  io: Server
  gate: Gate
  outlet: Outlet
  mood: Mood
  world: World
  history: HistoryWriter
  clock: SandboxClock
  random: Random
  /** Ends bursts under way. */
  signal: AbortSignal
}

/** No fault lasts longer than an hour. */
const MOST_SECONDS = 3_600

/** No burst is longer than a run of the hardest test, twice. */
const MOST_EVENTS = 200_000

/** Frames written before other work gets its turn. */
const BATCH = 500

/** All verbs of this server. */
export function createFusionFaults(options: FusionFaultsOptions): Faults {
  return createFaults(
    { ...networkVerbs(options), ...serverVerbs(options), ...streamVerbs(options) },
    options.clock,
  )
}

function networkVerbs({ gate }: FusionFaultsOptions): Record<string, FaultVerb> {
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

function serverVerbs({ io, mood, clock }: FusionFaultsOptions): Record<string, FaultVerb> {
  const until = (seconds: number): number => clock.nowMs() + seconds * 1_000
  return {
    refuse: {
      ...lasting('Shows every client the door and answers new ones with connect_error.', 10),
      begin: () => {
        mood.isRefusing = true
        io.disconnectSockets(true)
      },
      end: () => {
        mood.isRefusing = false
      },
    },
    '429': {
      ...lasting('REST answers 429 with Retry-After in seconds.', 10),
      begin: (seconds) => {
        mood.tooManyUntilMs = until(seconds)
      },
      end: () => {
        mood.tooManyUntilMs = 0
      },
    },
    '503': {
      ...lasting('REST answers 503 with Retry-After as a date.', 10),
      begin: (seconds) => {
        mood.unavailableUntilMs = until(seconds)
      },
      end: () => {
        mood.unavailableUntilMs = 0
      },
    },
    outage: {
      ...lasting('Midnight stays enabled and is not operational.', 60),
      begin: () => {
        mood.isMidnightOut = true
      },
      end: () => {
        mood.isMidnightOut = false
      },
    },
  }
}

function streamVerbs(options: FusionFaultsOptions): Record<string, FaultVerb> {
  const { outlet, world, history, clock, random, signal } = options
  return {
    repeat: {
      ...lasting('Sends each event twice.', 30),
      begin: () => {
        outlet.setRepeating(true)
      },
      end: () => {
        outlet.setRepeating(false)
      },
    },
    reorder: {
      ...lasting('Sends events in a wrong order, a few at a time.', 30),
      begin: () => {
        outlet.setReordering(true)
      },
      end: () => {
        outlet.setReordering(false)
      },
    },
    garble: {
      ...counted('Sends malformed frames among the good ones, to all who listen to all.', 50),
      begin: burst(world, signal, (intent) => {
        const frame = garble(intent, random, clock.nowMs())
        const { event, text: payload } = frame
        history.offered({ atMs: clock.nowMs(), room: ALL_ROOM, event, payload, isGarbled: true })
        writeRaw(options.io, packetOf(frame))
      }),
    },
    babble: {
      ...counted('Sends packets that are not Socket.IO; most clients close on the first.', 1),
      begin: burst(world, signal, () => {
        writeRaw(options.io, random.pick(BABBLE))
      }),
    },
    flood: {
      ...counted('Changes of real intents as fast as they can be sent.', 1_000),
      begin: burst(world, signal, (intent) => {
        world.touch(intent)
      }),
    },
  }
}

function lasting(does: string, usual: number): Pick<FaultVerb, 'does' | 'unit' | 'usual' | 'most'> {
  return { does, unit: 'seconds', usual, most: MOST_SECONDS }
}

function counted(does: string, usual: number): Pick<FaultVerb, 'does' | 'unit' | 'usual' | 'most'> {
  return { does, unit: 'events', usual, most: MOST_EVENTS }
}

/** Does one thing many times, going round the intents that are not over. */
function burst(
  world: World,
  signal: AbortSignal,
  one: (intent: WorldIntent) => void,
): (count: number) => void {
  return (count) => {
    const intents = [...world.intents()].filter((intent) => !isOver(intent))
    let done = 0
    const batch = (): void => {
      const until = Math.min(count, done + BATCH)
      for (; done < until && !signal.aborted; done++) {
        const intent = intents[done % intents.length]
        if (intent) one(intent)
      }
      if (done < count && !signal.aborted) setImmediate(batch)
    }
    batch()
  }
}

/** Writes a packet past the library, which would refuse to write it. */
function writeRaw(io: Server, packet: string): void {
  for (const socket of io.sockets.sockets.values()) if (socket.rooms.has(ALL_ROOM)) socket.conn.write(packet)
}
