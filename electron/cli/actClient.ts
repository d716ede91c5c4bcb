import { ORPCError, type RouterClient } from '@orpc/server'
import type { FailureShape } from '../../shared/api/failure.ts'
import { Failure } from '../../shared/api/failure.ts'
import type { PresenceState } from '../../shared/api/presence.ts'
import type { EngineRouter } from '../engine/handlers/router.ts'

/** The engine of this process, asked as a page asks it. */
export type Client = RouterClient<EngineRouter>

/** Longest wait for connections to be heard before they are asked all the same: a cold start and a slow handshake. */
const HEARD_LIMIT_MS = 10_000

/** Waits until the connections that a test names are heard or have failed once; answers how the first of them fares. */
export async function untilHeard(
  client: Client,
  isMeant: (connection: { id: string; system: string }) => boolean,
): Promise<PresenceState | undefined> {
  const untilMs = performance.now() + HEARD_LIMIT_MS
  let since = 0
  for (;;) {
    const waitMs = Math.max(0, Math.round(untilMs - performance.now()))
    const { version, connections } = await client.connections.next({ since, waitMs })
    const states = connections.filter(isMeant).map(({ presence }) => presence.state)
    const isOpening = states.some((state) => state === 'connecting' || state === 'stopped')
    if (!isOpening || waitMs === 0) return states[0]
    since = version
  }
}

/** The failure of the contract that a call ended with; anything else is thrown on. */
export function failureIn(error: unknown): FailureShape {
  if (error instanceof Failure) return error
  if (error instanceof ORPCError && error.code === 'FAILED') return error.data as FailureShape
  throw error
}
