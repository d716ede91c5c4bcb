import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { MempoolSeries } from '../../shared/api/answers.ts'
import type { FailureShape } from '../../shared/api/failure.ts'
import { client } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'
import { engineNow } from './now.ts'

/** Counters come every few seconds; a line that is renewed more often than that only costs. */
const RENEWED_EVERY_MS = 3_000

/** Points of a line: about one for every two pixels of a chart. */
const POINTS = 240

/** Counters over the last stretch of time, with the stretch itself. Times are epoch milliseconds. */
export interface Stretch {
  fromMs: number
  untilMs: number
  series: MempoolSeries
}

/** What a connection's system counted in the last `lastMs`, renewed; `value` is null until the engine has answered once. */
export function useMempool(
  connection: string,
  lastMs: number,
): { value: Stretch | null; failure: FailureShape | null } {
  const { data, error } = useQuery({
    queryKey: ['mempool', connection, lastMs],
    queryFn: async ({ signal }) => {
      const untilMs = Math.round(engineNow())
      const fromMs = untilMs - lastMs
      const series = await client.mempool.series({ connection, fromMs, untilMs, points: POINTS }, { signal })
      return { fromMs, untilMs, series }
    },
    refetchInterval: RENEWED_EVERY_MS,
    placeholderData: keepPreviousData,
  })
  return { value: data ?? null, failure: error === null ? null : failureOf(error) }
}
