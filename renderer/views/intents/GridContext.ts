import type { SystemCard } from '../../../shared/api/answers.ts'
import type { IntentRow } from '../../../shared/api/row.ts'
import { inShortAt } from '../../../shared/intent/course.ts'
import type { SystemName } from '../../../shared/intent/ids.ts'
import type { Clock } from '../../parts/clock.ts'
import type { Marks } from '../../replica/marks.ts'
import type { Picked } from './picked.ts'

/** What the cells of the grid need besides their row. */
export interface GridContext {
  words: GridWords
  marks: Marks
  picked: Picked
  clock: Clock
}

/** What the grid calls things. */
export interface GridWords {
  systemLabel(system: SystemName): string
  chainName(system: SystemName, chainId: number | null): string
  /** Who acts next at an instant, and at what the intent stands more closely than its status word says; empty when over. */
  next(row: IntentRow, nowMs: number): { actor: string; at: string }
}

/** Words from what the systems say of themselves; their own ids where they say nothing. */
export function gridWordsOf(cards: readonly SystemCard[]): GridWords {
  const bySystem = new Map(cards.map((card) => [card.system, card]))
  return {
    systemLabel: (system) => bySystem.get(system)?.label ?? system,
    chainName: (system, chainId) => {
      if (chainId === null) return 'not known'
      return bySystem.get(system)?.vocabulary.chains[String(chainId)]?.name ?? `chain ${String(chainId)}`
    },
    next: (row, nowMs) => {
      const vocabulary = bySystem.get(row.system)?.vocabulary
      const words = vocabulary === undefined ? null : inShortAt(row, vocabulary, nowMs)
      if (words === null) return { actor: row.isTerminal ? '' : 'unknown', at: '' }
      const isOver = row.isTerminal && !row.moneyAtRisk
      return { actor: isOver ? '' : words.nextActor, at: row.situations.length === 0 ? '' : words.label }
    },
  }
}

/** A chain by the first name that a system gives it, else by its id. */
export function chainNameOf(cards: readonly SystemCard[], chainId: number): string {
  const named = cards.find(({ vocabulary }) => Object.hasOwn(vocabulary.chains, String(chainId)))
  return named?.vocabulary.chains[String(chainId)]?.name ?? `chain ${String(chainId)}`
}
