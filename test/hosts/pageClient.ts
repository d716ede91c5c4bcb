import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { WebSocket } from 'ws'
import { SUBPROTOCOL, type contract } from '../../shared/api/contract.ts'

/** The contract as a page of ours sees it. */
export interface PageClient {
  client: ContractRouterClient<typeof contract>
  /** Resolves with the code when the host closes the socket. */
  closed: Promise<number>
  /** Reads nothing any more, not even the closing of the socket. */
  fallSilent: () => void
}

/** Connects to a browser host by the address that it printed, as its page would. */
export async function connectPage(url: string): Promise<PageClient> {
  const { host, origin, hash } = new URL(url)
  const protocols = [SUBPROTOCOL, `token.${hash.slice('#token='.length)}`]
  const socket = new WebSocket(`ws://${host}/rpc`, protocols, { origin })
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return {
    client: createORPCClient(new RPCLink({ websocket: socket as never })),
    closed,
    fallSilent: () => {
      socket.pause()
    },
  }
}
