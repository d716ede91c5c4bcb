import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { SUBPROTOCOL } from '../../shared/api/contract.ts'
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
  const socket = new WebSocket(address, [SUBPROTOCOL, `token.${token}`])
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
  if (!isOpen) throw (await isServed()) ? refused() : silent()
  return {
    link: new RPCLink({ websocket: socket }),
    whenClosed,
    close: () => {
      socket.close()
    },
  }
}

/** Whether a console is there at all: a browser does not say why a socket was not opened. */
async function isServed(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).ok
  } catch {
    return false
  }
}

function silent(): Failure {
  return new Failure('closed', 'The console does not answer.', {
    tip: 'It is tried again by itself; if the console was started again, open the link that it printed.',
    isRetryable: true,
  })
}

function refused(): Failure {
  return new Failure('closed', 'The console was started again and does not know this page any more.', {
    tip: 'Open the link that it printed when it started.',
    isRetryable: true,
  })
}
