import type { SystemCard } from '../../../shared/api/answers.ts'
import type { SystemName } from '../../../shared/intent/ids.ts'
import type { Clock } from '../../parts/clock.ts'
import type { Marks } from '../../replica/marks.ts'

/** What the cells of the grid need besides their row. */
export interface GridContext {
  words: GridWords
  marks: Marks
  clock: Clock
}

/** What the grid calls things. */
export interface GridWords {
  systemLabel(system: SystemName): string
  chainName(system: SystemName, chainId: number | null): string
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
  }
}
