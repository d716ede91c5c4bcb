import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { GridBatch } from '../../shared/api/answers.ts'
import type { FailureShape } from '../../shared/api/failure.ts'
import type { IntentRow } from '../../shared/api/row.ts'
import { calls } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'

/** A list that people act on is read, not watched: often enough to be true, seldom enough to hold still. */
const RENEWED_EVERY_MS = 2_000

/** Rows asked for: more than a person works through before looking again. */
const MOST_ROWS = 100

/** Intents that match a query, those longest in their phase first; `total` counts also those that are not among the rows. */
export interface Matching {
  total: number
  rows: IntentRow[]
}

/** What matches a query now, renewed every two seconds; `value` is null until the engine has answered once. */
export function useMatching(query: string): { value: Matching | null; failure: FailureShape | null } {
  const { data, error } = useQuery(
    calls.intents.next.queryOptions({
      input: { query, sort: { by: 'phaseSince', isAscending: true }, limit: MOST_ROWS },
      select: matchingOf,
      refetchInterval: RENEWED_EVERY_MS,
      placeholderData: keepPreviousData,
    }),
  )
  return { value: data ?? null, failure: error === null ? null : failureOf(error) }
}

function matchingOf({ total, order, rows }: GridBatch): Matching {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return { total, rows: order.flatMap((id) => byId.get(id) ?? []) }
}
