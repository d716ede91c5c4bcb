import type { Server } from 'socket.io'
import type { SandboxClock } from '../kit/clock.ts'
import { createDisorder, type Disorder } from '../kit/disorder.ts'
import type { HistoryWriter } from '../kit/history.ts'
import type { Random } from '../kit/random.ts'

/** One event on its way to a room, or to one socket by its id. */
interface Parcel {
  room: string
  event: string
  /** Absent where the event has none. */
  payload?: unknown
}

/** The one place where events leave the server: what passes here is the history. */
export type Outlet = Disorder<Parcel>

/** The way out of a Socket.IO server. */
export function createOutlet(
  io: Server,
  { history, clock, random }: { history: HistoryWriter; clock: SandboxClock; random: Random },
): Outlet {
  return createDisorder({ clock, random }, ({ room, event, payload }) => {
    history.offered({ atMs: clock.nowMs(), room, event, payload, isGarbled: false })
    io.to(room).emit(event, payload)
  })
}
