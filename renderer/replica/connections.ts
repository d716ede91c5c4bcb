import { LONGEST_WAIT_MS } from '../../shared/api/contractParts.ts'
import type { ConnectionSummary } from '../../shared/api/presence.ts'
import { client } from '../host/client.ts'
import { feedOf, useFeed, type FeedState } from './feed.ts'

const feed = feedOf<{ version: number; connections: ConnectionSummary[] }>((last, signal) =>
  client.connections.next({ since: last?.version ?? 0, waitMs: LONGEST_WAIT_MS }, { signal }),
)

/** Every connection; `value` is null until the engine has answered once. */
export function useConnections(): FeedState<ConnectionSummary[]> {
  const { value, failure } = useFeed(feed)
  return { value: value?.connections ?? null, failure }
}
