import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { AnyRouter, RouterClient } from '@orpc/server'
import { WebSocket } from 'ws'
import { serveBrowser } from '../../electron/host/browser.ts'
import { serveMessagePort, type Port } from '../../electron/host/messagePort.ts'
import { SUBPROTOCOL } from '../../shared/api/contract.ts'

/** One way to an engine, from the side of a page. */
export interface Way<R extends AnyRouter> {
  client: RouterClient<R>
  /** The same calls by path, for names that no type knows. */
  call: (path: readonly string[], input: unknown) => Promise<unknown>
  /** Sends any text past the client. */
  sendRaw: (text: string) => void
  /** Every text that came, as it came. */
  heard: string[]
  /** Reads on, when the way was joined asleep. */
  wake: () => void
  /** Ends the stream from the page's side. */
  hangUp: () => void
  /** Resolves when the page's side has closed. */
  closed: Promise<void>
}

/** One router served over one kind of carrier, which pages join and leave. */
export interface Station<R extends AnyRouter> {
  /** Opens a way; an `isAsleep` one reads nothing until it is woken. */
  join: (options?: { isAsleep?: boolean }) => Promise<Way<R>>
  close: () => Promise<void>
}

/** Serves a router over one kind of carrier. */
export type OpenStation = <R extends AnyRouter>(router: R) => Promise<Station<R>>

/** Both carriers, for `describe.each`: threads' ports stand in for Electron's. */
export const CARRIERS: readonly { name: string; open: OpenStation }[] = [
  { name: 'message port', open: (router) => stationOverPorts(router) },
  { name: 'socket', open: openSocketStation },
]

/** Serves a router over ports, each of which may pass through other hands on its way to the host. */
export function stationOverPorts<R extends AnyRouter>(
  router: R,
  inHands: (port: Port) => Port = (port) => port,
): Promise<Station<R>> {
  const closers: (() => void)[] = []
  return Promise.resolve({
    join: ({ isAsleep = false } = {}) => {
      const { port1, port2 } = new MessageChannel()
      const host = serveMessagePort({ router, port: inHands(port1) })
      closers.push(host.close)
      const heard: string[] = []
      const closed = new Promise<void>((resolve) => {
        port2.once('close', resolve)
      })
      let onText: (text: { data: string }) => void = () => undefined
      const link = new PortLink({
        port: {
          postMessage: (text: string) => {
            port2.postMessage(text)
          },
          on: (event, callback) => {
            if (event === 'message') onText = callback
            else port2.on(event, callback)
          },
        },
      })
      // A port keeps what comes until somebody listens.
      const wake = (): void => {
        port2.on('message', (text: string) => {
          heard.push(text)
          onText({ data: text })
        })
      }
      if (!isAsleep) wake()
      return Promise.resolve({
        ...callsOver<R>(link),
        sendRaw: (text: string) => {
          port2.postMessage(text)
        },
        heard,
        wake,
        hangUp: () => {
          port2.close()
        },
        closed,
      })
    },
    close: () => {
      for (const close of closers) close()
      return Promise.resolve()
    },
  })
}

/** Serves a router over sockets. */
export async function openSocketStation<R extends AnyRouter>(router: R): Promise<Station<R>> {
  const assetsDir = mkdtempSync(join(tmpdir(), 'station-'))
  writeFileSync(join(assetsDir, 'index.html'), '<!doctype html>')
  const host = await serveBrowser({ router, port: 0, assetsDir, clock: { nowMs: () => Date.now() } })
  const sockets: WebSocket[] = []
  return {
    join: async ({ isAsleep = false } = {}) => {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, [SUBPROTOCOL, `token.${host.token}`], {
        origin: `http://127.0.0.1:${host.port}`,
      })
      sockets.push(socket)
      const heard: string[] = []
      socket.on('message', (data: Buffer) => heard.push(data.toString('utf8')))
      const closed = new Promise<void>((resolve) => {
        socket.once('close', () => {
          resolve()
        })
      })
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
      socket.on('error', () => undefined)
      if (isAsleep) socket.pause()
      return {
        // The client wants a browser's socket; ws has the same events.
        ...callsOver<R>(new SocketLink({ websocket: socket as never })),
        sendRaw: (text) => {
          socket.send(text)
        },
        heard,
        wake: () => {
          socket.resume()
        },
        hangUp: () => {
          socket.close()
        },
        closed,
      }
    },
    close: async () => {
      for (const socket of sockets) socket.terminate()
      await host.close()
      rmSync(assetsDir, { recursive: true })
    },
  }
}

function callsOver<R extends AnyRouter>(link: ClientLink<ClientContext>): Pick<Way<R>, 'client' | 'call'> {
  return {
    client: createORPCClient(link),
    call: (path, input) => link.call(path, input, { context: {} }),
  }
}
