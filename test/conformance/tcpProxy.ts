import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A stretch of network between a console and a server, which can fail as networks do. */
export interface TcpProxy {
  url: string
  /** Keeps every connection open and lets nothing through any more, in either direction, not even an end. */
  swallow: () => void
  /** Lets through what comes from now on; what was swallowed is gone. */
  pass: () => void
  /** Breaks every connection. */
  breakOff: () => void
  /** How many connections the console holds open. */
  openCount: () => number
  close: () => Promise<void>
}

/** Starts a proxy to a server on loopback. */
export async function tcpProxy(targetUrl: string): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let isSwallowing = false
  let openCount = 0

  function hold(socket: Socket, other: Socket): void {
    sockets.add(socket)
    socket.on('data', (bytes) => {
      if (!isSwallowing) other.write(bytes)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      sockets.delete(socket)
      if (!isSwallowing) other.destroy()
    })
  }

  const server = createServer({ allowHalfOpen: true }, (inner) => {
    const outer = connect(Number(new URL(targetUrl).port), '127.0.0.1')
    openCount += 1
    inner.on('close', () => (openCount -= 1))
    hold(inner, outer)
    hold(outer, inner)
    inner.on('end', () => {
      if (!isSwallowing) outer.end()
      else inner.end()
    })
    outer.on('end', () => {
      if (!isSwallowing) inner.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const breakOff = (): void => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    swallow: () => {
      isSwallowing = true
    },
    pass: () => {
      isSwallowing = false
    },
    breakOff,
    openCount: () => openCount,
    close: async () => {
      breakOff()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
