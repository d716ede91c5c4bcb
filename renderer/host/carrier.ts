import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { Failure } from '../../shared/api/failure.ts'

/** One open way to the engine. */
export interface Carrier {
  link: ClientLink<ClientContext>
  /** Resolves when the way is closed, by whichever side. */
  whenClosed: Promise<void>
  close(): void
}

/** Opens the way to the engine that served this page. Fails with `closed` when the engine does not answer or refuses. */
export async function openCarrier(token: string): Promise<Carrier> {
  const address = new URL('/rpc', location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(address, ['intent-console.v1', `token.${token}`])
  const whenClosed = new Promise<void>((resolve) => {
    socket.addEventListener(
      'close',
      () => {
        resolve()
      },
      { once: true },
    )
  })
  const isOpen = await Promise.race([
    new Promise<boolean>((resolve) => {
      socket.addEventListener(
        'open',
        () => {
          resolve(true)
        },
        { once: true },
      )
    }),
    whenClosed.then(() => false),
  ])
  if (!isOpen) {
    throw new Failure('closed', 'The console does not answer.', {
      tip: 'Start it, or open the link that it printed when it was started again.',
      isRetryable: true,
    })
  }
  return {
    link: new RPCLink({ websocket: socket }),
    whenClosed,
    close: () => {
      socket.close()
    },
  }
}
