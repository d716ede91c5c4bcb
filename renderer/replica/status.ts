import { useQuery } from '@tanstack/react-query'
import type { ConsoleStatus, SystemCard } from '../../shared/api/answers.ts'
import { LONGEST_WAIT_MS } from '../../shared/api/contractParts.ts'
import type { SystemName } from '../../shared/intent/ids.ts'
import type { Vocabulary } from '../../shared/intent/vocabulary.ts'
import { calls, client } from '../host/client.ts'
import { feedOf, useFeed } from './feed.ts'
import { setEngineNow } from './now.ts'

const feed = feedOf<ConsoleStatus>(async (last, signal) => {
  const status = await client.status.next({ since: last?.version ?? 0, waitMs: LONGEST_WAIT_MS }, { signal })
  setEngineNow(status.nowMs)
  return status
})

/** The state that the frame shows; null until the engine has answered once. */
export function useStatus(): ConsoleStatus | null {
  return useFeed(feed).value
}

/** What each system is called and how it speaks; empty until the engine has answered. */
export function useSystems(): SystemCard[] {
  return useQuery(calls.status.systems.queryOptions({ input: {}, staleTime: Infinity })).data ?? []
}

/** The name of a system in words; its own name until the engine has answered. */
export function useSystemLabel(system: SystemName): string {
  return useSystems().find((card) => card.system === system)?.label ?? system
}

/** How a system speaks; null until the engine has answered. */
export function useVocabulary(system: SystemName): Vocabulary | null {
  return useSystems().find((card) => card.system === system)?.vocabulary ?? null
}
