import type { ActionRecord } from '../../../shared/api/action.ts'
import type { Store } from '../../store/store.ts'
import type { Clock } from '../../upstreams/kit/clock.ts'
import type { FeedSet } from '../feedSet.ts'
import type { Logger } from '../logger.ts'
import type { Ledger } from './ledger.ts'
import { intentOf, traceOf } from './trace.ts'

/** How long an action that was settled as not carried out is still watched, milliseconds: a week-end and the holidays around it. */
const WATCHED_FOR_MS = 7 * 24 * 60 * 60_000

/** Most actions that are watched at once; so many unsettled ones are a failure of another kind. */
const MOST_WATCHED = 1_000

/** Between two looks while events pour in, milliseconds: a look reads each watched intent. */
const LOOK_EVERY_MS = 1_000

/** Longest wait for news, milliseconds: beyond it the list of what is watched is made anew all the same. */
const LONGEST_WAIT_MS = 60_000

/** What watching needs. */
export interface LateSignSources {
  store: Pick<Store, 'intent' | 'actions'>
  ledger: Ledger
  feeds: FeedSet
  clock: Clock
  signal: AbortSignal
  logger: Logger
  /** An action was settled by a sign: nobody needs to read for it any more. */
  onSettled: (action: string) => void
}

/**
 * Looks at what comes in for signs of actions whose outcome is unknown, which settle them, and of actions that were settled as not
 * carried out, which flips them: somebody has to know. Runs until the signal fires.
 */
export async function watchForSigns(sources: LateSignSources): Promise<void> {
  const { feeds, clock, signal } = sources
  /** Facts that an action's intent had when it was last looked at. */
  const looked = new Map<string, number>()
  for (;;) {
    const seen = feeds.journal.version()
    await lookAtAll(sources, looked)
    await clock.sleep(LOOK_EVERY_MS, signal)
    // The journal's feed, since nobody paints what is looked for here.
    await feeds.journal.next({ since: seen, waitMs: LONGEST_WAIT_MS, signal })
    if (signal.aborted || feeds.journal.isClosed()) return
  }
}

/** A disk that refuses, or a person who was quicker, ends nothing: what comes in next is looked at again. */
async function lookAtAll(sources: LateSignSources, looked: Map<string, number>): Promise<void> {
  try {
    for (const action of await watched(sources)) {
      if (sources.signal.aborted) return
      await look(action, looked, sources)
    }
  } catch (reason) {
    const said = reason instanceof Error ? reason.message : String(reason)
    sources.logger.warn('Looking for signs of earlier actions failed.', { reason: said })
  }
}

async function watched({ store, clock }: LateSignSources): Promise<ActionRecord[]> {
  const [unknown, settled] = await Promise.all([
    store.actions({ state: 'unknown', limit: MOST_WATCHED }),
    store.actions({ state: 'notExecuted', limit: MOST_WATCHED }),
  ])
  const sinceMs = clock.nowMs() - WATCHED_FOR_MS
  return [...unknown, ...settled.filter(({ updatedAtMs }) => updatedAtMs >= sinceMs)]
}

async function look(
  action: ActionRecord,
  looked: Map<string, number>,
  { store, ledger, onSettled }: LateSignSources,
): Promise<void> {
  const found = traceOf(action)
  if (found === null) return
  const intent = await intentOf(store, action, found.readId)
  if (intent === null || looked.get(action.id) === intent.factCount) return
  if (found.trace.seen(intent, action.marks) !== 'applied') {
    looked.set(action.id, intent.factCount)
    return
  }
  const happening =
    action.state === 'unknown'
      ? ({ kind: 'accepted', why: 'What its system says shows that it was carried out.' } as const)
      : ({
          kind: 'appliedLate',
          why: 'It was carried out after all, though it was settled otherwise.',
        } as const)
  await ledger.byConsole({ action: action.id, ...happening })
  onSettled(action.id)
}
