import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'

/** A chain by its name, or by its id where the system documents no name for it. */
export function chainWords(chainId: number | null, vocabulary: Vocabulary): string {
  if (chainId === null) return 'a chain that nobody named'
  return vocabulary.chains[String(chainId)]?.name ?? `chain ${chainId}`
}
