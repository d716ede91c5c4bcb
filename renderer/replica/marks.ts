import type { IntentRow } from '../../shared/api/row.ts'
import type { IntentId } from '../../shared/intent/ids.ts'

/** What of a row is marked when it changes. Times and ages are not: they would be marked all the time. */
export type MarkedField = 'phase' | 'status' | 'route' | 'maker' | 'solver' | 'deadline'

/** How long a changed cell must have been on the screen, with the window in front, to count as seen. */
const SEEN_AFTER_MS = 2_000

/** The fields that differ between two states of one intent. */
export function changedFields(before: IntentRow, after: IntentRow): MarkedField[] {
  const isChanged: Record<MarkedField, boolean> = {
    phase: before.phase !== after.phase,
    status: before.status !== after.status,
    route: legs(before) !== legs(after),
    maker: before.maker !== after.maker,
    solver: before.solver !== after.solver,
    deadline: JSON.stringify(before.deadlines) !== JSON.stringify(after.deadlines),
  }
  return (Object.keys(isChanged) as MarkedField[]).filter((field) => isChanged[field])
}

function legs({ source, destination }: IntentRow): string {
  return JSON.stringify([source, destination])
}

/** Which cells have changed and were not yet seen. */
export class Marks {
  readonly #unseen = new Map<IntentId, { fields: Set<MarkedField>; shownForMs: number }>()

  /** Marks what differs; a further change starts the time of being seen again. */
  note(before: IntentRow, after: IntentRow): void {
    const fields = changedFields(before, after)
    if (fields.length === 0) return
    const marked = this.#unseen.get(after.id)?.fields ?? []
    this.#unseen.set(after.id, { fields: new Set([...marked, ...fields]), shownForMs: 0 })
  }

  has(id: IntentId, field: MarkedField): boolean {
    return this.#unseen.get(id)?.fields.has(field) ?? false
  }

  /** The given intents were on the screen for that much longer; answers which of them are seen by now and unmarked. */
  shown(ids: readonly IntentId[], forMs: number): IntentId[] {
    const seen: IntentId[] = []
    for (const id of ids) {
      const mark = this.#unseen.get(id)
      if (mark === undefined) continue
      mark.shownForMs += forMs
      if (mark.shownForMs < SEEN_AFTER_MS) continue
      this.#unseen.delete(id)
      seen.push(id)
    }
    return seen
  }
}
