import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AnyRouter } from '@orpc/server'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { SUBPROTOCOL } from '../../shared/api/contract.ts'
import { Failure } from '../../shared/api/failure.ts'
import { LOOPBACK, ownOrigin, ownSources } from './admission.ts'
import { readAsset } from './assets.ts'
import { createCarrier } from './carrier.ts'
import type { Wire } from './carrier.ts'
import { LARGEST_FRAME_BYTES } from './frames.ts'
import { servePages } from './pages.ts'
import { createTokenGate } from './tokenGate.ts'
import { serveUpgrades } from './upgrades.ts'

/** How long an open page has to answer the closing of its socket, milliseconds: well inside the 5 s for stopping. */
const CLOSING_MS = 1_000

/** Connections at a time: a browser opens a handful per window, and a runaway script must not take every file handle. */
const MOST_CONNECTIONS = 256

/**
 * Answers that may wait in memory for a page that does not read, bytes: several of the largest. A page asks for the next
 * batch after the last, so one with more than this waiting has stopped; it is cut off and comes again.
 */
const MOST_WAITING_BYTES = 64 * 1024 * 1024

/** Time for a request's headers to arrive, milliseconds; on loopback they come at once. */
const HEADERS_MS = 10_000

/** What the browser host serves and where. */
export interface BrowserHostOptions {
  router: AnyRouter
  /** 0: any free one. */
  port: number
  /** Folder of the built page. */
  assetsDir: string
  clock: { nowMs: () => number }
  /** Told one sentence for every request that was turned away, and for every call that failed unforeseen. */
  onRefused?: (sentence: string) => void
  /** Called whenever a page has opened its socket. */
  onJoined?: () => void
}

/** A running browser host. */
export interface BrowserHost {
  /** Address with the token in its fragment, which browsers send to nobody. */
  url: string
  token: string
  port: number
  /** Serves another router from now on; open pages are told to connect again. */
  use: (router: AnyRouter) => void
  /** Tells open pages, closes their sockets and stops listening. */
  close: () => Promise<void>
}

/**
 * Serves the page and the contract on 127.0.0.1 only. Every request and upgrade is checked for `Host` and `Origin`, and
 * an upgrade for the run's token. Fails with `closed` when the port is taken or the page was never built.
 */
export async function serveBrowser(options: BrowserHostOptions): Promise<BrowserHost> {
  const { router, assetsDir, clock, onRefused = () => undefined, onJoined } = options
  if ((await readAsset(assetsDir, '/', ownSources(options.port))) === null) {
    throw new Failure('closed', 'The page has not been built.', {
      tip: 'Run `npm run build` and start again.',
    })
  }
  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: HEADERS_MS })
  server.maxConnections = MOST_CONNECTIONS
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_FRAME_BYTES,
    handleProtocols: () => SUBPROTOCOL,
  })
  const carrierOf = (served: AnyRouter) => createCarrier(served, { onDefect: onRefused })
  let carry = carrierOf(router)
  sockets.on('connection', (socket) => {
    carry(wireOf(socket))
    onJoined?.()
  })
  const port = await listen(server, options.port)
  const gate = createTokenGate(clock)
  servePages({ server, port, assetsDir, onRefused })
  serveUpgrades({ server, port, sockets, gate, onRefused })
  return {
    url: `${ownOrigin(port)}/#token=${gate.token}`,
    token: gate.token,
    port,
    use: (next) => {
      carry = carrierOf(next)
      for (const socket of sockets.clients) socket.close(1012, 'The console has moved to another profile.')
    },
    close: () => close(server, sockets),
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen({ port, host: LOOPBACK, exclusive: true })
  try {
    await once(server, 'listening')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const isTaken = code === 'EADDRINUSE' || code === 'EACCES'
    if (!isTaken) throw new Failure('closed', `Port ${String(port)} cannot be opened: ${message}.`)
    const why = code === 'EACCES' ? 'may not be used by this account' : 'is in use by another program'
    throw new Failure('closed', `Port ${String(port)} on ${LOOPBACK} ${why}.`, {
      tip: 'Choose another with --port, or leave it out to get any free one.',
      facts: { port },
    })
  }
  return (server.address() as AddressInfo).port
}

function wireOf(socket: WebSocket): Wire {
  // A frame that breaks the protocol or is too large closes the socket by itself; without a listener it would end the process.
  socket.on('error', () => undefined)
  return {
    send: (text) => {
      if (socket.bufferedAmount > MOST_WAITING_BYTES) socket.terminate()
      else socket.send(text)
    },
    onMessage: (callback) => {
      socket.on('message', (data, isBinary) => {
        callback(isBinary || !Buffer.isBuffer(data) ? data : data.toString('utf8'))
      })
    },
    onClose: (callback) => {
      socket.on('close', callback)
    },
    refuse: () => {
      socket.close(1007, 'This is not a call of the contract.')
    },
  }
}

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  const stopped = once(server, 'close')
  server.close()
  const open = [...sockets.clients]
  const goodbyes = Promise.all(open.map((socket) => once(socket, 'close')))
  for (const socket of open) socket.close(1001, 'The console is stopping.')
  const patience = setTimeout(() => {
    for (const socket of open) socket.terminate()
  }, CLOSING_MS)
  await goodbyes
  clearTimeout(patience)
  server.closeAllConnections()
  await stopped
}
