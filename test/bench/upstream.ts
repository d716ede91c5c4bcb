/**
 * A Fusion backend that does nothing but send, in a process of its own so that its work does not count as ours. Speaks
 * just as much of Engine.IO and Socket.IO as a client needs; `/plain` sends the same frames to anybody. Told what to do
 * over the channel to its parent.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { fusionFrame } from './events.ts'
import type { Order, Report } from './sender.ts'

/** Frames handed to the socket in one go. */
const CHUNK = 500

/** Bytes waiting in the socket before sending pauses: what a peer that reads slowly makes a sender do. */
const MOST_WAITING = 4 * 2 ** 20

/** How often a steady stream sends what is due, milliseconds: several times within one frame of a screen. */
const BEAT_MS = 4

/** Engine.IO's opening; no ping is due within any bench. */
const OPENING =
  '0{"sid":"bench","upgrades":[],"pingInterval":300000,"pingTimeout":300000,"maxPayload":1000000}'

const plain = new Set<WebSocket>()
const joined = new Set<WebSocket>()
let prepared: string[] = []
let beat: NodeJS.Timeout | undefined

const http = createServer((_, response) => {
  response.writeHead(404, { 'content-type': 'application/json' })
  response.end('{}')
})
new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket, request) => {
  const isPlain = request.url === '/plain'
  const group = isPlain ? plain : joined
  socket.on('close', () => group.delete(socket))
  if (isPlain) {
    plain.add(socket)
    return
  }
  socket.send(OPENING)
  socket.on('message', (data) => {
    const text = (data as Buffer).toString()
    if (text.startsWith('40')) socket.send('40{"sid":"bench"}')
    if (text !== '42["subscribe:all"]') return
    joined.add(socket)
    socket.send('42["mempool:stats",{"total":0}]')
  })
})
http.listen(0, '127.0.0.1', () => {
  tell({ is: 'listening', port: (http.address() as AddressInfo).port })
})

process.on('message', (order: Order) => {
  switch (order.do) {
    case 'prepare':
      prepared = Array.from({ length: order.count }, (_, index) =>
        packet({
          intent: order.from + (index % order.intents),
          step: Math.floor(index / order.intents),
          atMs: Date.now() - order.count + index,
        }),
      )
      tell({ is: 'prepared' })
      return
    case 'send':
      sendFrom(0)
      return
    case 'stream':
      clearInterval(beat)
      stream(order)
      return
    case 'stop':
      clearInterval(beat)
      tell({ is: 'stopped' })
  }
})
process.on('disconnect', () => process.exit())

function tell(report: Report): void {
  process.send?.(report)
}

function packet(said: Parameters<typeof fusionFrame>[0]): string {
  const { kind, payload } = fusionFrame(said)
  return `42["${kind}",${payload}]`
}

function sendFrom(at: number): void {
  let next = at
  if (canSend()) {
    next = Math.min(prepared.length, at + CHUNK)
    for (const text of prepared.slice(at, next)) for (const socket of joined) socket.send(text)
  }
  if (next < prepared.length) setImmediate(sendFrom, next)
}

/** `intents` 0: every event is of a new intent, whose number is the instant of sending in microseconds. */
function stream({ perSecond, intents }: Extract<Order, { do: 'stream' }>): void {
  const fromMs = performance.now()
  let sentCount = 0
  beat = setInterval(() => {
    const dueCount = Math.floor(((performance.now() - fromMs) * perSecond) / 1_000)
    // What the peer does not take now is not sent later: a stream has a rate, not a debt.
    for (; sentCount < dueCount; sentCount += 1) send(streamed(sentCount, intents))
  }, BEAT_MS)
}

function streamed(index: number, intents: number): string {
  const atMs = Date.now()
  if (intents > 0)
    return packet({ intent: index % intents, step: 1 + (Math.floor(index / intents) % 2), atMs })
  return `42["intent:new",${fusionFrame({ intent: 0, step: 0, atMs }).payload.replace(/0x[0-9a-f]{64}/, stampedId(atMs, index))}]`
}

/** An id that says when it was sent, so that whoever sees it painted knows how long that took. */
function stampedId(atMs: number, index: number): string {
  return `0x${atMs.toString(16).padStart(16, '0')}${index.toString(16).padStart(48, '0')}`
}

function canSend(): boolean {
  return [...joined].every(hasRoom)
}

function hasRoom({ bufferedAmount }: WebSocket): boolean {
  return bufferedAmount < MOST_WAITING
}

/** A peer that reads slowly misses what it has no room for, and holds back nobody else. */
function send(text: string): void {
  for (const socket of [...joined, ...plain]) if (hasRoom(socket)) socket.send(text)
}
