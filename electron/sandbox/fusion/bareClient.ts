import { io, type Socket } from 'socket.io-client'

/** One event as a client heard it. */
export interface Heard {
  event: string
  payload: unknown
}

/** A Socket.IO client without any belief about the wire, that keeps what it hears: for the tests of this folder. */
export interface BareClient {
  socket: Socket
  /** What was heard and not taken yet. */
  heard: readonly Heard[]
  /** Takes out the first event of that name that was heard and not taken yet; waits for it. */
  take: (event: string) => Promise<Record<string, unknown>>
  /** Everything heard until the server has answered a ping, and not taken yet; the pong left out. */
  rest: () => Promise<Heard[]>
  disconnected: () => Promise<string>
  refused: () => Promise<Error>
}

/** Connects and does not come back by itself. */
export function connectBare(url: string): BareClient {
  const socket = io(url, { reconnection: false, forceNew: true, transports: ['websocket'] })
  const heard: Heard[] = []
  const waiting = new Set<() => void>()
  socket.onAny((event: string, ...payloads: unknown[]) => {
    heard.push({ event, payload: payloads.length === 1 ? payloads[0] : payloads })
    for (const look of waiting) look()
  })

  const take = (event: string): Promise<Record<string, unknown>> =>
    new Promise((resolve) => {
      const look = (): void => {
        const index = heard.findIndex((one) => one.event === event)
        if (index < 0) return
        waiting.delete(look)
        const [found] = heard.splice(index, 1)
        resolve(found?.payload as Record<string, unknown>)
      }
      waiting.add(look)
      look()
    })

  return {
    socket,
    heard,
    take,
    rest: async () => {
      socket.emit('ping')
      await take('pong')
      return heard.splice(0)
    },
    disconnected: () => new Promise((resolve) => socket.once('disconnect', resolve)),
    refused: () => new Promise((resolve) => socket.once('connect_error', resolve)),
  }
}
