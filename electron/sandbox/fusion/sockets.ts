import type { Server, Socket } from 'socket.io'
import type { SandboxClock } from '../kit/clock.ts'
import type { WorldChange } from '../world/changes.ts'
import type { World } from '../world/world.ts'
import type { Outlet } from './outlet.ts'
import { changedPayload, proofPayload, statsPayload, statusPayload } from './payloads.ts'

/** The room of those who listen to all intents. */
export const ALL_ROOM = 'all-intents'

/** The pages do not say how often counters come; a screen needs them a few times a minute. */
const STATS_MS = 5_000

/** The room of those who listen to one intent, by the id that they asked for. */
function intentRoom(intentId: string): string {
  return `intent:${intentId}`
}

/** What the Socket.IO side needs. */
export interface SocketsOptions {
  io: Server
  world: World
  outlet: Outlet
  clock: SandboxClock
}

/** Serves the Socket.IO events; answers the way to stop telling. No acknowledgement is ever given. */
export function serveSockets({ io, world, outlet, clock }: SocketsOptions): () => void {
  io.on('connection', (socket) => {
    listenTo(socket, { io, world, outlet, clock })
    socket.once('subscribe:all', () => {
      callOff ??= clock.after(STATS_MS, tellStats)
    })
  })
  const stopTelling = world.onChange((change) => {
    // To write what nobody hears would take as long as the story itself.
    if (!clock.isLate) tell(change, outlet, clock.nowMs())
  })
  // Nobody counts what happens before somebody listens.
  let callOff: (() => void) | null = null
  const tellStats = (): void => {
    outlet.send({ room: ALL_ROOM, event: 'mempool:stats', payload: statsPayload(world.tally()) })
    callOff = clock.after(STATS_MS, tellStats)
  }
  return () => {
    stopTelling()
    callOff?.()
  }
}

function listenTo(socket: Socket, { world, outlet, clock }: SocketsOptions): void {
  const answer = (event: string, payload: unknown): void => {
    outlet.send({ room: socket.id, event, payload })
  }
  socket.on('subscribe:intent', (intentId: unknown) => {
    if (typeof intentId !== 'string' || intentId === '') {
      answer('error', {
        message: 'subscribe:intent takes the intent id as a string',
        code: 'INVALID_INTENT_ID',
      })
      return
    }
    // An id that the contract has replaced is not known here any more, though REST still finds it.
    const intent = world.find(intentId)
    if (intent?.id !== intentId.toLowerCase() || intent.stage === 'cancelled') {
      answer('intent:not_found', { intentId })
      return
    }
    void socket.join(intentRoom(intent.id))
    answer('intent:status', statusPayload(intent, clock.nowMs()))
  })
  socket.on('unsubscribe:intent', (intentId: unknown) => {
    if (typeof intentId === 'string') void socket.leave(intentRoom(intentId.toLowerCase()))
  })
  socket.on('subscribe:all', () => {
    void socket.join(ALL_ROOM)
    answer('mempool:stats', statsPayload(world.tally()))
  })
  socket.on('unsubscribe:all', () => void socket.leave(ALL_ROOM))
  socket.on('ping', () => {
    answer('pong', { timestamp: clock.nowMs() })
  })
}

/** A change of the story as events, to both rooms. Being renamed says nothing: the next event has the new id. */
function tell({ intent, deeds, before }: WorldChange, outlet: Outlet, nowMs: number): void {
  const one = intentRoom(intent.id)
  if (!before) {
    outlet.send({ room: ALL_ROOM, event: 'intent:new', payload: statusPayload(intent, nowMs) })
    return
  }
  const kinds = new Set(deeds.map(({ kind }) => kind))
  if (kinds.has('removed')) {
    const payload = { intentId: intent.id, timestamp: nowMs }
    outlet.send({ room: one, event: 'intent:removed', payload })
    outlet.send({ room: ALL_ROOM, event: 'intent:removed', payload })
    return
  }
  if (kinds.has('proven')) {
    const payload = proofPayload(intent, before.proof, nowMs)
    outlet.send({ room: one, event: 'intent:proof', payload })
    outlet.send({ room: ALL_ROOM, event: 'intent:proof_changed', payload })
    return
  }
  if (kinds.has('renamed')) return
  outlet.send({ room: one, event: 'intent:status', payload: statusPayload(intent, nowMs) })
  outlet.send({
    room: ALL_ROOM,
    event: 'intent:status_changed',
    payload: changedPayload(intent, before.stage, nowMs),
  })
}
