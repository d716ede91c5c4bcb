import { randomUUID } from 'node:crypto'
import type { ActAnswer, Rehearsal } from '../../../shared/api/action.ts'
import { Failure } from '../../../shared/api/failure.ts'
import type { Clock } from '../../upstreams/kit/clock.ts'
import type { Worked } from './worked.ts'

/** How long a draft waits to be confirmed, milliseconds: time to read it and to ask somebody; the intent is read again anyway. */
const DRAFT_LIFE_MS = 10 * 60_000

/** Most drafts that are remembered, so that a page which prepares on every keystroke fills no memory. */
const MOST_DRAFTS = 2_000

/** What a command is asked with: its name, what it is about and its own fields. */
export interface Order {
  command: string
  /** Any id of an intent. */
  intent?: string | undefined
  /** Where no intent is known yet. */
  connection?: string | undefined
  input: Record<string, unknown>
}

/** What a draft is sent from. */
export interface DraftContent {
  order: Order
  worked: Worked
}

/** A command that was filled in and shown, and what became of it. */
export interface Draft {
  rehearsal: Rehearsal
  /** Null once it was given: what was filled in may hold secrets, and is needed no more. */
  content: DraftContent | null
  /** The answer, or the one that is under way: whoever gives the draft again gets the same. */
  giving: Promise<ActAnswer> | null
}

/** Drafts of this run, in memory only. */
export class Drafts {
  readonly #clock: Pick<Clock, 'nowMs' | 'after'>
  readonly #byId = new Map<string, Draft>()
  readonly #cancels = new Map<string, () => void>()

  constructor(clock: Pick<Clock, 'nowMs' | 'after'>) {
    this.#clock = clock
  }

  /** Holds what was shown until `lifeMs` are over. */
  hold(
    rehearsed: Omit<Rehearsal, 'draft' | 'expiresAtMs'>,
    content: DraftContent,
    lifeMs = DRAFT_LIFE_MS,
  ): Draft {
    const id = randomUUID()
    const rehearsal = { ...rehearsed, draft: id, expiresAtMs: this.#clock.nowMs() + lifeMs }
    const draft: Draft = { rehearsal, content, giving: null }
    this.#byId.set(id, draft)
    // Not only when somebody asks: what was filled in, or an answer that is shown once, may hold a secret.
    const expire = (): void => {
      if (!isUnderWay(draft)) this.#forget(id)
    }
    this.#cancels.set(id, this.#clock.after(lifeMs, expire))
    this.#makeRoom()
    return draft
  }

  /** A draft that can be given, or was; fails with `closed` when it is forgotten. */
  named(id: string): Draft {
    const draft = this.#byId.get(id)
    if (draft !== undefined && (draft.giving !== null || !this.#isOver(draft))) return draft
    throw new Failure(
      'closed',
      'This draft is no longer held: drafts wait 10 minutes and end with the console.',
      {
        tip: 'If it was given, Actions says what became of it; else fill the command in again.',
      },
    )
  }

  /** Forgets every draft that is not under way: what they rest on is another profile, or over. */
  clear(): void {
    for (const [id, draft] of this.#byId) if (!isUnderWay(draft)) this.#forget(id)
  }

  /** Forgets all of them. */
  close(): void {
    for (const id of [...this.#byId.keys()]) this.#forget(id)
  }

  #isOver({ rehearsal }: Draft): boolean {
    return rehearsal.expiresAtMs <= this.#clock.nowMs()
  }

  #makeRoom(): void {
    for (const [id, draft] of this.#byId) {
      if (this.#byId.size <= MOST_DRAFTS) return
      if (!isUnderWay(draft)) this.#forget(id)
    }
  }

  #forget(id: string): void {
    this.#byId.delete(id)
    this.#cancels.get(id)?.()
    this.#cancels.delete(id)
  }
}

function isUnderWay({ giving, content }: Draft): boolean {
  return giving !== null && content !== null
}
