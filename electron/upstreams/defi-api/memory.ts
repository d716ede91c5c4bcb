import { AnswerMemory } from '../kit/answerMemory.ts'

/** How often an answer that stays the same is kept all the same, milliseconds: so fresh is what a screen shows of it. */
const CONFIRM_EVERY_MS = 60_000

/** Most ids that are remembered, at some 300 bytes each; beyond it the one longest untouched is forgotten. */
const MOST_REMEMBERED = 50_000

/** Since when a status was read. Our clock, epoch milliseconds. */
export interface Since {
  firstReadAtMs: number
  /** When something else was read last; null when nothing ever was. */
  notBeforeMs: number | null
  /** Worth keeping: another answer than the last of its kind, or the first of it within a minute. */
  isNews: boolean
}

interface Remembered {
  status: string
  firstReadAtMs: number
  notBeforeMs: number | null
  lastReadAtMs: number
}

/** One answer about one intent. */
export interface Reading {
  id: string
  kind: string
  status: string
  text: string
  atMs: number
}

/** What was read of each intent, so that news can be told from the same once more. */
export class ReadingMemory {
  readonly #byId = new Map<string, Remembered>()
  readonly #answers = new AnswerMemory(CONFIRM_EVERY_MS)

  /** An intent that an earlier run has heard of, until when. */
  heardBefore(id: string, status: string, atMs: number): void {
    if (this.#byId.has(id)) return
    this.#remember(id, { status, firstReadAtMs: atMs, notBeforeMs: atMs, lastReadAtMs: atMs })
  }

  /** Takes one answer in. */
  read({ id, kind, status, text, atMs }: Reading): Since {
    const known = this.#byId.get(id)
    const isSame = known?.status === status
    const now: Remembered = {
      status,
      firstReadAtMs: isSame ? known.firstReadAtMs : atMs,
      notBeforeMs: isSame ? known.notBeforeMs : (known?.lastReadAtMs ?? null),
      lastReadAtMs: atMs,
    }
    this.#remember(id, now)
    const name = `${kind} ${id}`
    const isNews = this.#answers.isNews(name, text, atMs)
    if (isNews) this.#answers.kept(name, text, atMs)
    return { firstReadAtMs: now.firstReadAtMs, notBeforeMs: now.notBeforeMs, isNews }
  }

  #remember(id: string, remembered: Remembered): void {
    this.#byId.delete(id)
    this.#byId.set(id, remembered)
    const [oldest] = this.#byId.keys()
    if (this.#byId.size > MOST_REMEMBERED && oldest !== undefined) this.#byId.delete(oldest)
  }
}
