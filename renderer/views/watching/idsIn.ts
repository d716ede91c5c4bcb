/** Names under which systems and the lists that people keep write an id. */
const ID_NAME = /^(?:id|intent_?id|order_?hash|submission_?id|hash|intent|order|submission|watch)$/i

/** Deepest nesting of a JSON file that is looked into: lists of objects in an envelope. */
const DEEPEST = 6

/**
 * Every id in a text, each once, in its order. Reads JSON (texts in lists, or under the name of an id), CSV whose head
 * names a column of ids, and otherwise anything between spaces, line ends, commas and semicolons.
 */
export function idsIn(text: string): string[] {
  const ids = idsInJson(text) ?? idsInColumn(text) ?? words(text)
  return [...new Set(ids)]
}

function idsInJson(text: string): string[] | null {
  if (!/^\s*[[{"]/.test(text)) return null
  try {
    return textsIn(JSON.parse(text), true, 0)
  } catch {
    return null
  }
}

function textsIn(value: unknown, isId: boolean, depth: number): string[] {
  if (typeof value === 'string') return isId && value.trim() !== '' ? [value.trim()] : []
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, isId, depth + 1))
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, ID_NAME.test(name), depth + 1))
}

function idsInColumn(text: string): string[] | null {
  const [head = '', ...lines] = text.trim().split(/\r?\n/)
  const column = cells(head).findIndex((cell) => ID_NAME.test(cell))
  if (column === -1) return null
  return lines.flatMap((line) => cells(line)[column] || [])
}

function cells(line: string): string[] {
  return line.split(/[,;\t]/).map(bare)
}

function words(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map(bare)
    .filter((word) => word !== '')
}

/** Without the quotes that CSV and copied code put around. */
function bare(text: string): string {
  return text.trim().replaceAll(/^["'`[]+|["'`\]]+$/g, '')
}
