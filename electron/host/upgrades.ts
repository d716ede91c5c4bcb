import { STATUS_CODES } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocketServer } from 'ws'
import { SUBPROTOCOL } from '../../shared/api/contract.ts'
import type { Refusal } from './admission.ts'
import { refuseStranger } from './admission.ts'
import { LOCKOUT_MS } from './tokenGate.ts'
import type { TokenGate } from './tokenGate.ts'

/** Where the socket is. A query is refused, so that no token ever stands in an address. */
const RPC_PATH = '/rpc'

/** The token comes as a second protocol name: a page can set no other header of an upgrade. */
const TOKEN_PREFIX = 'token.'

/** What upgrades are judged and served with. */
interface UpgradeService {
  server: Server
  port: number
  sockets: WebSocketServer
  gate: TokenGate
  onRefused: (sentence: string) => void
}

/** Lets pages of ours that show the token open a socket, and refuses everybody else before the handshake. */
export function serveUpgrades(service: UpgradeService): void {
  const { server, port, sockets, gate, onRefused } = service
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const refusal = refuseUpgrade(request, port) ?? refuseToken(request, gate)
    if (refusal !== null) {
      onRefused(`Refused a connection: ${refusal.sentence}`)
      answerRefusal(socket, refusal)
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request))
  })
}

function refuseUpgrade(request: IncomingMessage, port: number): Refusal | null {
  const stranger = refuseStranger(request, port)
  if (stranger !== null) return stranger
  // Every browser names the origin of an upgrade; whoever does not is no page of ours.
  if (request.headers.origin === undefined) {
    return { status: 403, sentence: 'A connection must say which page it comes from.' }
  }
  if (request.url !== RPC_PATH || request.method !== 'GET') {
    return { status: 404, sentence: `Connections are taken at ${RPC_PATH} only.` }
  }
  if (!protocolsOf(request).includes(SUBPROTOCOL)) {
    return { status: 400, sentence: `This console speaks ${SUBPROTOCOL}; reload the page.` }
  }
  return null
}

function refuseToken(request: IncomingMessage, gate: TokenGate): Refusal | null {
  const shown = protocolsOf(request).filter((name) => name.startsWith(TOKEN_PREFIX))
  const verdict = gate.judge(
    shown.length === 1 ? (shown[0] ?? '').slice(TOKEN_PREFIX.length) : '',
    request.socket.remoteAddress ?? '',
  )
  switch (verdict) {
    case 'good':
      return null
    case 'wrong':
      return {
        status: 401,
        sentence: 'The token is not the one of this run; open the address that was printed.',
      }
    case 'locked':
      return {
        status: 429,
        sentence: 'Too many wrong tokens; wait a minute.',
        headers: { 'retry-after': String(LOCKOUT_MS / 1_000) },
      }
  }
}

function protocolsOf(request: IncomingMessage): string[] {
  return (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
}

function answerRefusal(socket: Duplex, refusal: Refusal): void {
  const headers = {
    ...refusal.headers,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(refusal.sentence),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`)
  const status = `${String(refusal.status)} ${STATUS_CODES[refusal.status] ?? ''}`
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${refusal.sentence}`, () => socket.destroy())
}
