/** A key that whoever reads the text as an object would lose in silence. */
export interface LostKey {
  key: string
  /** `twice`: it stands twice in one object, and the last one wins · `reserved`: an object of JavaScript keeps no such field. */
  fault: 'twice' | 'reserved'
  /** From 1. */
  line: number
}

/** A text or a bracket; all else is passed over. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/g

/** The first key that would be lost from a text that is JSON, at any depth; null when there is none. */
export function lostKey(text: string): LostKey | null {
  /** Keys of each object that is open, the inmost last; null for a list. */
  const open: (Set<string> | null)[] = []
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(null)
    else if (token === '}' || token === ']') open.pop()
    else if (isKey(text, index + token.length)) {
      const key = JSON.parse(token) as string
      const said = open.at(-1)
      const fault = key === '__proto__' ? 'reserved' : said?.has(key) ? 'twice' : null
      if (fault !== null) return { key, fault, line: text.slice(0, index).split('\n').length }
      said?.add(key)
    }
  }
  return null
}

/** Only a key is followed by a colon. */
function isKey(text: string, end: number): boolean {
  const after = /\s*:/y
  after.lastIndex = end
  return after.test(text)
}

/** A key that is repeated in a sentence: a name, and no value that was pasted in its place. */
const NAME = /^[A-Za-z_]{1,40}$/

/** What is wrong with it and what to do, one clause without an end. */
export function lostKeyWords({ key, fault, line }: LostKey): string {
  const name = NAME.test(key) ? `The key “${key}”` : 'A key'
  return fault === 'twice'
    ? `${name} stands twice in one object, in line ${line}; keep one of them`
    : `${name} in line ${line} is no name of a field; take it out`
}
