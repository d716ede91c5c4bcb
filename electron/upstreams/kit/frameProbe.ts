import type { TestSite } from '../upstream.ts'
import { FrameSocket } from './frameSocket.ts'
import { offeredCredential } from './offeredCredential.ts'
import { RpcOverFrames } from './rpcOverFrames.ts'

/** A WebSocket of its own that a connection test asks one thing after the other. */
export interface FrameProbe {
  handshake: () => Promise<string>
  ping: (signal: AbortSignal) => Promise<string>
  close: () => Promise<void>
}

/** Makes a probe that opens nothing until its handshake is asked for. */
export function createFrameProbe({ clock, credential }: TestSite, url: string): FrameProbe {
  const opening = Promise.withResolvers<string>()
  const options = { url, clock, credential: offeredCredential(credential) }
  const socket = new FrameSocket(options, {
    opened: () => {
      opening.resolve('The server opened the WebSocket and let the console in.')
    },
    down: ({ reason, tip }) => {
      opening.reject(new Error(`${reason} ${tip}`.trim()))
    },
    frame: (_, value) => {
      rpc.heard(value)
    },
    damaged: () => undefined,
    traffic: () => undefined,
    ponged: () => undefined,
  })
  const rpc = new RpcOverFrames(clock, (frame) => socket.send(frame))
  return {
    handshake: () => {
      socket.open()
      return opening.promise
    },
    ping: async (signal) => {
      await rpc.ask({ method: 'ping' }, signal)
      return 'The application answered its ping.'
    },
    close: () => {
      socket.drop()
      return socket.closed()
    },
  }
}
