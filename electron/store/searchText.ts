import type { Intent } from '../../shared/intent/intent.ts'
import { remarksOf } from '../../shared/intent/remarks.ts'

/** Every text that an intent carries, lower case, a line each: what bare text in a query is looked for in. */
export function searchTextOf(intent: Intent): string {
  const { source, destination } = intent
  const { notes, tags } = remarksOf(intent)
  const texts = [
    intent.id,
    intent.status,
    intent.phase,
    intent.proofStatus,
    intent.maker,
    intent.solver,
    source.token,
    source.amount?.symbol,
    source.amount?.amountRaw,
    destination.token,
    destination.amount?.symbol,
    destination.amount?.amountRaw,
    ...intent.aliases.map(({ value }) => value),
    ...intent.mentions.map(({ value }) => value),
    ...intent.transactions.flatMap(({ label, hash }) => [label, hash]),
    ...Object.values(intent.failures),
    ...Object.values(intent.details),
    ...notes.map(({ text }) => text),
    ...tags,
  ]
  return [...new Set(texts)]
    .filter((text) => text !== null && text !== undefined && text !== '')
    .join('\n')
    .toLowerCase()
}
