import { createHash } from 'node:crypto'

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
  /** What was kept last, by kind of reading. */
  kept: Map<string, { digest: string; atMs: number }>
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

  /** An intent that an earlier run has heard of, until when. */
  heardBefore(id: string, status: string, lastHeardAtMs: number): void {
    if (this.#byId.has(id)) return
    const known = { firstReadAtMs: lastHeardAtMs, notBeforeMs: lastHeardAtMs, lastReadAtMs: lastHeardAtMs }
    this.#remember(id, { ...known, status, kept: new Map() })
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
      kept: known?.kept ?? new Map<string, { digest: string; atMs: number }>(),
    }
    this.#remember(id, now)
    const digest = createHash('sha256').update(text).digest('base64')
    const last = now.kept.get(kind)
    const isNews = last?.digest !== digest || Math.abs(atMs - last.atMs) >= CONFIRM_EVERY_MS
    if (isNews) now.kept.set(kind, { digest, atMs })
    return { firstReadAtMs: now.firstReadAtMs, notBeforeMs: now.notBeforeMs, isNews }
  }

  #remember(id: string, remembered: Remembered): void {
    this.#byId.delete(id)
    this.#byId.set(id, remembered)
    const [oldest] = this.#byId.keys()
    if (this.#byId.size > MOST_REMEMBERED && oldest !== undefined) this.#byId.delete(oldest)
  }
}
