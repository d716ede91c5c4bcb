import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ActionFilter, ActionRecord, ActionStep, Gate, OfferedCommand } from '../../shared/api/action.ts'
import { LONGEST_WAIT_MS } from '../../shared/api/contractParts.ts'
import type { FailureShape } from '../../shared/api/failure.ts'
import { calls, client } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'
import { commandOf, type Command } from './command.ts'
import { feedOf, useFeed, type FeedState } from './feed.ts'

/** Conditions open by the clock alone: often enough that nobody waits for a button, seldom enough to cost nothing. */
const OFFERED_AGAIN_MS = 2_000

/** Rows of the log on one screen: more than a person reads before filtering. */
const MOST_ACTIONS = 200

/** What a command is about: an intent, or a connection where no intent exists yet. */
export type ActSubject = { intent: string } | { connection: string }

/** What is offered for a subject, renewed; null until the engine has answered. */
export function useOffered(subject: ActSubject): {
  value: { gate: Gate; commands: OfferedCommand[] } | null
  failure: FailureShape | null
} {
  const { data, error } = useQuery(
    calls.actions.offered.queryOptions({ input: subject, refetchInterval: OFFERED_AGAIN_MS }),
  )
  return { value: data ?? null, failure: error === null ? null : failureOf(error) }
}

/** Actions that match, with how many of all are open, and how many were carried out late. */
export interface ActionLog {
  version: number
  actions: ActionRecord[]
  openCount: number
  lateCount: number
}

/** The log as far as it matches, renewed whenever anything is done. */
export function useActions(filter: Omit<ActionFilter, 'limit'>): FeedState<ActionLog> {
  const { state, command, connection, intent, text } = filter
  const feed = useMemo(() => {
    const matching = { state, command, connection, intent, text, limit: MOST_ACTIONS }
    return feedOf<ActionLog>((last, signal) =>
      client.actions.next({ ...matching, since: last?.version ?? 0, waitMs: LONGEST_WAIT_MS }, { signal }),
    )
  }, [state, command, connection, intent, text])
  return useFeed(feed)
}

/** Those on top of the log: open ones and late ones come before all others. */
const topOfLog = feedOf<ActionLog>((last, signal) =>
  client.actions.next(
    { limit: MOST_ACTIONS, since: last?.version ?? 0, waitMs: LONGEST_WAIT_MS },
    { signal },
  ),
)

/** How many actions are open and how many were carried out late, and these actions; null until the engine has answered. */
export function useActionsInNeed(): Omit<ActionLog, 'version'> | null {
  const { value } = useFeed(topOfLog)
  return useMemo(() => value && { ...value, actions: value.actions.filter(isInNeed) }, [value])
}

/** Whether a person has to look: it is not known what became of it, or it was carried out after all. */
function isInNeed({ state, isLate }: ActionRecord): boolean {
  return isLate || state === 'unknown' || state === 'sending'
}

/** One action whatever the filter; null until the engine has answered, or when no action has this id. */
export function useAction(id: string | null): ActionRecord | null {
  const { value } = useFeed(topOfLog)
  return value?.actions.find((action) => action.id === id) ?? null
}

/** Settles an action whose outcome is unknown by a person's word. */
export function useResolve(
  onDone: () => void,
): Command<{ action: string; wasCarriedOut: boolean; reason: string }> {
  return commandOf(useMutation(calls.actions.resolve.mutationOptions({ onSuccess: onDone })))
}

/** What is offered for several intents, one of each kind, for a bulk command; null until the engine has answered. */
export function useOfferedForOneEach(
  intents: readonly string[],
): { gate: Gate; commands: OfferedCommand[] }[] | null {
  const { data } = useQuery({
    queryKey: ['offered for one each', ...intents],
    queryFn: ({ signal }) =>
      Promise.all(intents.map((intent) => client.actions.offered({ intent }, { signal }))),
    placeholderData: keepPreviousData,
  })
  return data ?? null
}

/** Rows of the audit log looked through for steps of the profile: those of some weeks. */
const ROWS_LOOKED_THROUGH = 1_000

/** Who unlocked and locked the profile lately, newest first, looked up again whenever `version` is another. */
export function useLockSteps(version: number): ActionStep[] {
  const { data } = useQuery({
    queryKey: ['steps of the lock', version],
    queryFn: async ({ signal }) => {
      const { lastSeq } = await client.actions.steps({ after: 0, limit: 1 }, { signal })
      const after = Math.max(0, lastSeq - ROWS_LOOKED_THROUGH)
      const { steps } = await client.actions.steps({ after, limit: ROWS_LOOKED_THROUGH }, { signal })
      return steps.filter(({ kind }) => kind === 'unlocked' || kind === 'locked').reverse()
    },
    placeholderData: keepPreviousData,
  })
  return data ?? []
}
