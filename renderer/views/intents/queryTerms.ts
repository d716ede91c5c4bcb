/** Whether `term` stands in the query as a condition of its own that everything must meet. */
export function hasTerm(query: string, term: string): boolean {
  return termsOf(query).includes(term)
}

/** The value that the query asks of a field (`phase:`) as a condition of its own; null when it asks none. */
export function valueOf(query: string, field: string): string | null {
  return (
    termsOf(query)
      .find((term) => term.startsWith(field))
      ?.slice(field.length) ?? null
  )
}

/** The query with `term` added, or without it when it is there. Other values of the same field give way to it. */
export function toggleTerm(query: string, term: string): string {
  const terms = termsOf(query)
  if (terms.includes(term)) return joined(terms.filter((other) => other !== term))
  const field = term.slice(0, term.indexOf(':') + 1)
  const isOneOfMany = field === 'is:' || field === 'has:'
  return joined([...terms.filter((other) => isOneOfMany || !other.startsWith(field)), term])
}

/** The query without any condition of its own on that field (`system:`). */
export function withoutField(query: string, field: string): string {
  return joined(termsOf(query).filter((term) => !term.startsWith(field)))
}

/**
 * The parts of a query that all must be met: split at spaces outside of quotes and parentheses. A query with `or` or `not`
 * at its top is one part and is put into parentheses, so that something can be added to it.
 */
function termsOf(query: string): string[] {
  const text = query.trim()
  const parts = text.match(/(?:"(?:\\.|[^"\\])*"|\((?:[^()]|\([^()]*\))*\)|[^\s"()])+/g) ?? []
  const isPlain = parts.join(' ') === text.replaceAll(/\s+/g, ' ')
  const hasWords = parts.some((part) => /^(?:or|not|and)$/i.test(part))
  if (isPlain && !hasWords) return parts
  return text === '' ? [] : [`(${text})`]
}

function joined(terms: string[]): string {
  return terms.join(' ')
}
