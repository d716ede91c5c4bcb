import type { SandboxClock } from './clock.ts'
import type { FaultVerb } from './faults.ts'
import type { Random } from './random.ts'
import { switched } from './verbs.ts'

/** How many parcels change places with each other, and the longest that one is held for it. */
const SHUFFLED_COUNT = 8
const SHUFFLED_MS = 750

/** The way out of a server, which can be made to repeat and to disorder. */
export interface Disorder<T> {
  send: (parcel: T) => void
  /** Everything twice. */
  setRepeating: (isOn: boolean) => void
  /** A few at a time in a wrong order; what is held goes out when it is turned off. */
  setReordering: (isOn: boolean) => void
  close: () => void
}

/** The verbs `repeat` and `reorder`. */
export function disorderVerbs({
  setRepeating,
  setReordering,
}: Pick<Disorder<never>, 'setRepeating' | 'setReordering'>): Record<string, FaultVerb> {
  return {
    repeat: switched('Sends each event twice.', 30, setRepeating),
    reorder: switched('Sends events in a wrong order, a few at a time.', 30, setReordering),
  }
}

/** Sends on through `send`, in order and once until told otherwise; what is past by then is told to nobody. */
export function createDisorder<T>(
  { clock, random }: { clock: SandboxClock; random: Random },
  send: (parcel: T) => void,
): Disorder<T> {
  let isRepeating = false
  let isReordering = false
  let held: T[] = []
  let callOff: (() => void) | null = null

  function sendHeld(): void {
    callOff?.()
    callOff = null
    const parcels = held.map((parcel) => ({ parcel, place: random.next() }))
    held = []
    for (const { parcel } of parcels.sort((one, other) => one.place - other.place)) send(parcel)
  }

  return {
    send: (parcel) => {
      if (clock.isLate) return
      const parcels = isRepeating ? [parcel, parcel] : [parcel]
      if (!isReordering) {
        for (const one of parcels) send(one)
        return
      }
      held.push(...parcels)
      if (held.length >= SHUFFLED_COUNT) sendHeld()
      else callOff ??= clock.after(SHUFFLED_MS, sendHeld)
    },
    setRepeating: (isOn) => {
      isRepeating = isOn
    },
    setReordering: (isOn) => {
      isReordering = isOn
      if (!isOn) sendHeld()
    },
    close: () => callOff?.(),
  }
}
