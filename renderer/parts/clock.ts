import { createContext, useContext, useSyncExternalStore } from 'react'

/** The clock that parts tick by, and the chosen way of writing instants. */
export interface Clock {
  /** Calls `listener` once a second while the page is visible. */
  subscribe: (listener: () => void) => () => void
  /** The engine's clock at the last tick, epoch milliseconds. */
  read: () => number
  times: 'utc' | 'local' | 'relative' | 'epoch'
}

/** Given by the frame to everything in it. */
export const ClockContext = createContext<Clock | null>(null)

/** The clock of the frame around. */
export function useClock(): Clock {
  const clock = useContext(ClockContext)
  if (clock === null) throw new Error('A part that shows time needs a ClockContext around it.')
  return clock
}

/** The time at the last tick; the component is drawn again with each. */
export function useTick(): number {
  const { subscribe, read } = useClock()
  return useSyncExternalStore(subscribe, read)
}
