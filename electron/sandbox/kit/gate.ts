import { createServer, type AddressInfo, type Socket } from 'node:net'
import { Line } from './line.ts'

/** The TCP port in front of a server, where the network itself can be made to fail. Knows no protocol. */
export interface Gate {
  port: number
  /** Cuts every connection, and every new one at once, until `heal`. */
  cut: () => void
  /** Accepts and delivers nothing either way until `heal`; then everything, in order. */
  hold: () => void
  /** Present connections stay open and carry nothing any more; `heal` cuts them. New ones work. */
  deafen: () => void
  /** Ends the one thing that was begun. */
  heal: (what: 'cut' | 'hold' | 'deafen') => void
  close: () => Promise<void>
}

/** Opens a port on 127.0.0.1 (0: any free one) and hands each connection on. Fails with a sentence when it is in use. */
export async function openGate(port: number, accept: (line: Line) => void): Promise<Gate> {
  const lines = new Set<Line>()
  const active = { cut: false, hold: false }

  const server = createServer({ noDelay: true }, (socket: Socket) => {
    if (active.cut) {
      socket.resetAndDestroy()
      return
    }
    const line = new Line(socket)
    lines.add(line)
    // The socket's own close: a deaf line lets its server go and keeps the peer waiting.
    socket.once('close', () => lines.delete(line))
    if (active.hold) line.hold()
    accept(line)
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      reject(isTaken ? new Error(`port ${port} is in use; choose another one, or 0 for any`) : error)
    })
    server.listen(port, '127.0.0.1', resolve)
  })

  const cutAll = (): void => {
    for (const line of lines) line.cut()
  }

  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      active.cut = true
      cutAll()
    },
    hold: () => {
      active.hold = true
      for (const line of lines) line.hold()
    },
    deafen: () => {
      for (const line of lines) line.deafen()
    },
    heal: (what) => {
      if (what === 'cut') active.cut = false
      if (what === 'hold') active.hold = false
      if (what === 'hold') for (const line of lines) line.release()
      if (what === 'deafen') for (const line of lines) if (line.isDeaf) line.cut()
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve()
        })
      })
      cutAll()
      await closed
    },
  }
}
