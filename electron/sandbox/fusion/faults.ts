import type { Server } from 'socket.io'
import type { SandboxClock } from '../kit/clock.ts'
import { disorderVerbs } from '../kit/disorder.ts'
import { createFaults, type Faults, type FaultVerb } from '../kit/faults.ts'
import type { Gate } from '../kit/gate.ts'
import type { HistoryWriter } from '../kit/history.ts'
import { networkVerbs } from '../kit/networkVerbs.ts'
import { patienceVerbs } from '../kit/patience.ts'
import type { Random } from '../kit/random.ts'
import type { ReplyFaults } from '../kit/replyFaults.ts'
import { burst, counted, switched } from '../kit/verbs.ts'
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
  replies: ReplyFaults
  clock: SandboxClock
  random: Random
  /** Ends bursts under way. */
  signal: AbortSignal
}

/** All verbs of this server. */
export function createFusionFaults(options: FusionFaultsOptions): Faults {
  return createFaults(
    {
      ...networkVerbs(options.gate),
      ...serverVerbs(options),
      ...options.replies.verbs,
      ...streamVerbs(options),
    },
    options.clock,
  )
}

function serverVerbs({ io, mood, clock }: FusionFaultsOptions): Record<string, FaultVerb> {
  return {
    refuse: switched('Shows every client the door and answers new ones with connect_error.', 10, (isOn) => {
      mood.isRefusing = isOn
      if (isOn) io.disconnectSockets(true)
    }),
    ...patienceVerbs(mood, clock, 'REST answers'),
    outage: switched('Midnight stays enabled and is not operational.', 60, (isOn) => {
      mood.isMidnightOut = isOn
    }),
  }
}

function streamVerbs(options: FusionFaultsOptions): Record<string, FaultVerb> {
  const { io, outlet, world, history, clock, random, signal } = options
  const open = (): WorldIntent[] => [...world.intents()].filter((intent) => !isOver(intent))
  return {
    ...disorderVerbs(outlet),
    garble: {
      ...counted('Sends malformed frames among the good ones, to all who listen to all.', 50),
      begin: burst(signal, open, (intent) => {
        const frame = garble(intent, random, clock.nowMs())
        const { event, text: payload } = frame
        history.offered({ atMs: clock.nowMs(), room: ALL_ROOM, event, payload, isGarbled: true })
        writeRaw(io, packetOf(frame))
      }),
    },
    babble: {
      ...counted('Sends packets that are not Socket.IO; most clients close on the first.', 1),
      begin: burst(signal, open, () => {
        writeRaw(io, random.pick(BABBLE))
      }),
    },
    flood: {
      ...counted('Changes of real intents as fast as they can be sent.', 1_000),
      begin: burst(signal, open, world.touch),
    },
  }
}

/** Writes a packet past the library, which would refuse to write it. */
function writeRaw(io: Server, packet: string): void {
  for (const socket of io.sockets.sockets.values()) if (socket.rooms.has(ALL_ROOM)) socket.conn.write(packet)
}
