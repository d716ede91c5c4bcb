import { useMemo } from 'react'
import { LONGEST_WAIT_MS } from '../../shared/api/contractParts.ts'
import type { IntentDetail } from '../../shared/api/row.ts'
import { client } from '../host/client.ts'
import { feedOf, useFeed, type FeedState } from './feed.ts'

/**
 * One intent with its timeline, renewed whenever anything about it changes. `value` is null until the engine has answered
 * once; `failure` is `not-found` when no alias matches.
 */
export function useIntent(id: string): FeedState<IntentDetail> {
  const feed = useMemo(
    () =>
      feedOf<{ version: number; intent: IntentDetail }>((last, signal) =>
        client.intents.get({ id, since: last?.version ?? 0, waitMs: LONGEST_WAIT_MS }, { signal }),
      ),
    [id],
  )
  const { value, failure } = useFeed(feed)
  return { value: value?.intent ?? null, failure }
}
