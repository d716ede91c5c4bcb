import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { openGate } from '../kit/gate.ts'
import { createHistory } from '../kit/history.ts'
import { createRandom } from '../kit/random.ts'
import type { SandboxSystem, SystemOptions } from '../system.ts'
import { createFusionFaults } from './faults.ts'
import { calmMood } from './mood.ts'
import { createOutlet } from './outlet.ts'
import { serveRest } from './rest.ts'
import { serveSockets } from './sockets.ts'

/** The story on the Fusion backend's wire: Socket.IO and HTTP on one port of 127.0.0.1. Fails when the port is taken. */
export async function startFusion(options: SystemOptions): Promise<SandboxSystem> {
  const { world, clock, seed, rate } = options
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
  const outlet = createOutlet(io, { history, clock, random: random.branch('order') })
  const faults = createFusionFaults({
    io,
    gate,
    outlet,
    mood,
    world,
    history,
    clock,
    random: random.branch('garble'),
    signal: ending.signal,
  })
  const rest = serveRest({ world, clock, history, mood, faults, rate })
  const stopTelling = serveSockets({ io, world, outlet, clock })

  return {
    connections: [
      { id: 'demo-fusion', system: 'fusion', url: `http://127.0.0.1:${gate.port}`, credential: 'none' },
    ],
    credentials: {},
    faults,
    history,
    close: async () => {
      ending.abort()
      faults.calm()
      stopTelling()
      outlet.close()
      await io.close()
      await gate.close()
    },
  }
}
