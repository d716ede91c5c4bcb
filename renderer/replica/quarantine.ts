import { useInfiniteQuery } from '@tanstack/react-query'
import type { FailureShape } from '../../shared/api/failure.ts'
import type { QuarantinedFrame } from '../../shared/api/presence.ts'
import { calls } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'
import { inBackground } from '../host/inBackground.ts'

/** Frames read at a time: a screenful. */
const PAGE = 20

/** Frames of a connection that could not be read, newest first, page by page. */
export function useQuarantine(connection: string): {
  frames: QuarantinedFrame[]
  /** Reads the next older ones; null when there are none. */
  older: (() => void) | null
  /** Reads again from the newest. */
  renew: () => void
  failure: FailureShape | null
} {
  const query = useInfiniteQuery(
    calls.connections.quarantine.infiniteOptions({
      input: (beforeSeq: number | undefined) => ({
        connection,
        limit: PAGE,
        ...(beforeSeq === undefined ? {} : { beforeSeq }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.seq),
    }),
  )
  return {
    frames: query.data?.pages.flat() ?? [],
    older: query.hasNextPage
      ? () => {
          inBackground('older frames', query.fetchNextPage())
        }
      : null,
    renew: () => {
      inBackground('newer frames', query.refetch())
    },
    failure: query.error === null ? null : failureOf(query.error),
  }
}
