import type { Server } from 'socket.io'
import type { SandboxClock } from '../kit/clock.ts'
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
export interface Outlet {
  send: (parcel: Parcel) => void
  /** Everything twice. */
  setRepeating: (isOn: boolean) => void
  /** A few at a time in a wrong order; what is held goes out when it is turned off. */
  setReordering: (isOn: boolean) => void
  close: () => void
}

/** How many events change places with each other, and the longest that one is held for it. */
const SHUFFLED_COUNT = 8
const SHUFFLED_MS = 750

/** The way out of a Socket.IO server. */
export function createOutlet(
  io: Server,
  { history, clock, random }: { history: HistoryWriter; clock: SandboxClock; random: Random },
): Outlet {
  let isRepeating = false
  let isReordering = false
  let held: Parcel[] = []
  let callOff: (() => void) | null = null

  const emit = ({ room, event, payload }: Parcel): void => {
    history.offered({ atMs: clock.nowMs(), room, event, payload, isGarbled: false })
    io.to(room).emit(event, payload)
  }

  const emitHeld = (): void => {
    callOff?.()
    callOff = null
    const parcels = held.map((parcel) => ({ parcel, place: random.next() }))
    held = []
    for (const { parcel } of parcels.sort((one, other) => one.place - other.place)) emit(parcel)
  }

  return {
    send: (parcel) => {
      const parcels = isRepeating ? [parcel, parcel] : [parcel]
      if (!isReordering) {
        parcels.forEach(emit)
        return
      }
      held.push(...parcels)
      if (held.length >= SHUFFLED_COUNT) emitHeld()
      else callOff ??= clock.after(SHUFFLED_MS, emitHeld)
    },
    setRepeating: (isOn) => {
      isRepeating = isOn
    },
    setReordering: (isOn) => {
      isReordering = isOn
      if (!isOn) emitHeld()
    },
    close: () => callOff?.(),
  }
}
