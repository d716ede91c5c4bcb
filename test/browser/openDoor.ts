import { createServer, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

/** A door to the console that lets everybody in. */
export interface OpenDoor {
  port: number
  close: () => Promise<void>
}

/** What a browser says about who asks, and what is taken out of what the console says about who may read. */
const ABOUT_THE_ASKER = /^(host|origin|referer|sec-fetch-.*)$/
const ABOUT_THE_READER = /^(cross-origin-.*|x-frame-options|content-security-policy)$/

/**
 * Opens a door on loopback: to the console every request seems to come from its own page, and every page may read what the
 * console answers. Stands for a console whose checks of `Host` and `Origin` are off.
 */
export async function openDoor(consolePort: number): Promise<OpenDoor> {
  const own = `127.0.0.1:${String(consolePort)}`
  const server = createServer((incoming, answer) => {
    const { method, url: path } = incoming
    const headers = { ...without(ABOUT_THE_ASKER, incoming.headers), host: own }
    // A connection of its own for each: the console closes those on which it refuses something.
    const to = { host: '127.0.0.1', port: consolePort, method, path, headers, agent: false }
    const onward = request(to, (got) => {
      answer.writeHead(got.statusCode ?? 502, {
        ...without(ABOUT_THE_READER, got.headers),
        'access-control-allow-origin': '*',
      })
      got.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    incoming.pipe(onward)
  })
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex) => {
    const headers = { ...without(ABOUT_THE_ASKER, incoming.headers), host: own, origin: `http://${own}` }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`)
    const onward = connect(consolePort, '127.0.0.1')
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
    onward.write(`GET ${incoming.url ?? '/'} HTTP/1.1\r\n${lines.join('')}\r\n`)
    onward.pipe(socket).pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

function without(names: RegExp, headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.test(name)))
}
