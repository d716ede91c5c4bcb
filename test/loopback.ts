import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** A server that listens on loopback. */
export interface Loopback {
  /** `http://127.0.0.1:<port>` */
  url: string
  /** How many connections are open. */
  openSockets: () => number
  /** Cuts every connection; whoever comes again is let in. */
  drop: () => void
  /** Cuts every connection and listens no more. */
  close: () => Promise<void>
}

/** Lets a server listen on loopback, on any free port where it is 0. */
export async function onLoopback(server: Server, port: number): Promise<Loopback> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const drop = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    openSockets: () => sockets.size,
    drop,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      drop()
      await closed
    },
  }
}
