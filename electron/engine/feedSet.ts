import type { RawEvent } from '../../shared/log/rawEvent.ts'
import type { Appended } from '../store/store.ts'
import { systemClock } from '../upstreams/kit/clock.ts'
import { isGapEvent } from './consoleEvents.ts'
import { openFeed, type Feed } from './feeds.ts'

/** Pace of news about what an eye follows: one frame. */
const CHANGES_PACE_MS = 16
/** Pace of news about presence, rates and counts: nobody reads them faster, and each costs a look at every connection. */
const NEWS_PACE_MS = 1_000

/** Everything that readers can wait for. How long a reader waits is real time, whatever clock the console runs on. */
export class FeedSet {
  /** The store's version: anything visible. */
  readonly changes: Feed
  /** Sequence numbers of the journal. */
  readonly journal: Feed
  /** Presence, rates and counts; at most once a second. */
  readonly news: Feed
  /** Steps of actions, and when one is read next. */
  readonly actions: Feed
  #gapVersion = 0

  constructor(head: { version: number; lastSeq: number }) {
    const { after, nowMs } = systemClock
    this.changes = openFeed({ after, paceMs: CHANGES_PACE_MS, version: head.version })
    this.journal = openFeed({ after, paceMs: CHANGES_PACE_MS, version: head.lastSeq })
    // Counted from the clock, so that a version of an earlier run is not taken for one of this run.
    this.news = openFeed({ after, paceMs: NEWS_PACE_MS, version: nowMs() })
    this.actions = openFeed({ after, paceMs: CHANGES_PACE_MS, version: nowMs() })
  }

  /** Version at which a gap last opened, closed or was repaired: it changes timelines without changing intents. */
  gapVersion(): number {
    return this.#gapVersion
  }

  /** A batch is on disk. */
  appended(batch: readonly RawEvent[], { version, lastSeq }: Appended): void {
    if (batch.some(isGapEvent)) this.#gapVersion = version
    this.changes.raise(version)
    this.journal.raise(lastSeq)
    this.touch()
  }

  /** Something about presence, rates or counts is new. */
  touch(): void {
    this.news.raise(this.news.version() + 1)
  }

  /** Lets every waiting reader go. */
  close(): void {
    for (const feed of [this.changes, this.journal, this.news, this.actions]) feed.close()
  }
}
