/** One event that was offered. */
interface OfferedEvent {
  /** Place in the order of all that was offered, from 0. */
  index: number
  /** Epoch milliseconds by the sandbox's clock. */
  atMs: number
  /** The room, or the one socket, that it was offered to. */
  room: string
  event: string
  /** The payload; for a garbled frame its text. */
  payload: unknown
  isGarbled: boolean
}

/** One reading over HTTP. */
interface OfferedReading {
  atMs: number
  /** Method and path pattern: `GET /api/intents/:intentId`. */
  route: string
  /** The path as asked. */
  path: string
  httpStatus: number
}

/** What a server offered, in order, for comparison with what was heard. */
export interface History {
  /** The newest, oldest first. `events[0].index` tells how many older ones were let go. */
  readonly events: readonly OfferedEvent[]
  readonly readings: readonly OfferedReading[]
  /** How many events were ever offered. */
  readonly eventCount: number
  /** How often a route was read, ever. */
  readingCount: (route: string) => number
  readingCounts: () => Record<string, number>
}

/** The side that writes. */
export interface HistoryWriter extends History {
  offered: (event: Omit<OfferedEvent, 'index'>) => void
  read: (reading: OfferedReading) => void
}

/** A history that keeps at least the newest `length` events and readings, so that a demo may run for days. */
export function createHistory(length: number): HistoryWriter {
  const events: OfferedEvent[] = []
  const readings: OfferedReading[] = []
  const counts = new Map<string, number>()
  let eventCount = 0
  return {
    events,
    readings,
    get eventCount() {
      return eventCount
    },
    readingCount: (route) => counts.get(route) ?? 0,
    readingCounts: () => Object.fromEntries(counts),
    offered: (event) => {
      events.push({ index: eventCount++, ...event })
      letGo(events, length)
    },
    read: (reading) => {
      readings.push(reading)
      counts.set(reading.route, (counts.get(reading.route) ?? 0) + 1)
      letGo(readings, length)
    },
  }
}

/** Lets the oldest go in one cut when there are twice as many as wanted, which costs less than one by one. */
function letGo(list: unknown[], length: number): void {
  if (list.length >= 2 * length) list.splice(0, list.length - length)
}
