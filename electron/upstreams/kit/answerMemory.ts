import { createHash } from 'node:crypto'

/** Most ids that are remembered; beyond it all are forgotten at once, and each answer counts as news again. */
const MOST_REMEMBERED = 100_000

/** Tells news from the same answer once more, so that polling does not fill the journal with it. */
export class AnswerMemory {
  readonly #confirmEveryMs: number
  readonly #told = new Map<string, { digest: string; atMs: number }>()

  /** An answer that stays the same is kept again after `confirmEveryMs`. */
  constructor(confirmEveryMs: number) {
    this.#confirmEveryMs = confirmEveryMs
  }

  /** Whether an answer is worth keeping: another than the last one of this id, or long enough after it. */
  isNews(id: string, text: string, nowMs: number): boolean {
    const last = this.#told.get(id)
    return last?.digest !== digestOf(text) || Math.abs(nowMs - last.atMs) >= this.#confirmEveryMs
  }

  /** It was kept. */
  kept(id: string, text: string, nowMs: number): void {
    if (this.#told.size >= MOST_REMEMBERED && !this.#told.has(id)) this.#told.clear()
    this.#told.set(id, { digest: digestOf(text), atMs: nowMs })
  }

  /** The next answer of this id is news, whatever it says. */
  forget(id: string): void {
    this.#told.delete(id)
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
