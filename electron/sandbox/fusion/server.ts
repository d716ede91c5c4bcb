import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { openGate } from '../kit/gate.ts'
import { createHistory } from '../kit/history.ts'
import { createRandom } from '../kit/random.ts'
import { createReplyFaults } from '../kit/replyFaults.ts'
import { createTimers } from '../kit/timers.ts'
import type { SandboxSystem, SystemOptions } from '../system.ts'
import { refundExamples } from './examples.ts'
import { createFusionFaults } from './faults.ts'
import { calmMood } from './mood.ts'
import { createOutlet } from './outlet.ts'
import { createRefunds } from './refunds.ts'
import { serveRest } from './rest.ts'
import { serveSockets } from './sockets.ts'

/** The story on the Fusion backend's wire: Socket.IO and HTTP on one port of 127.0.0.1. Fails when the port is taken. */
export async function startFusion(options: SystemOptions): Promise<SandboxSystem> {
  const { world, clock, seed, rate, absence } = options
  const history = createHistory(options.historyLength)
  const mood = calmMood()
  const ending = new AbortController()
  const random = createRandom(seed).branch('fusion')

  const http = createServer((request, response) => {
    rest(request, response)
  })
  const io = new Server(http, { serveClient: false })
  io.use((_socket, next) => {
    if (mood.isRefusing) next(new Error('refused by the sandbox'))
    else next()
  })
  const gate = await openGate(options.port, (line) => http.emit('connection', line))
  const replies = createReplyFaults(clock)
  const timers = createTimers(clock)
  // What an earlier run was asked is forgotten, so nothing that it handed out may be handed out again.
  const commands = random.branch(`commands ${absence?.untilMs ?? ''}`)
  const coordinator = { world, clock, rate, random: commands, timers }
  const outlet = createOutlet(io, { history, clock, random: random.branch('order') })
  const faults = createFusionFaults({
    io,
    gate,
    outlet,
    mood,
    world,
    history,
    replies,
    clock,
    random: random.branch('garble'),
    signal: ending.signal,
  })
  const refunds = createRefunds(coordinator)
  const rest = serveRest({ world, clock, history, mood, faults, replies, coordinator, refunds, rate })
  const stopTelling = serveSockets({ io, world, outlet, clock })

  return {
    get connections() {
      const settings = { watch: refundExamples(coordinator) }
      const url = `http://127.0.0.1:${gate.port}`
      return [{ id: 'demo-fusion', system: 'fusion', url, credential: 'none', settings }]
    },
    credentials: {},
    faults,
    history,
    close: async () => {
      ending.abort()
      faults.calm()
      replies.close()
      timers.close()
      stopTelling()
      outlet.close()
      await io.close()
      await gate.close()
    },
  }
}
