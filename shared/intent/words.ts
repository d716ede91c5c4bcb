/** A name from a wire or from code as words: `sourceTimelock` and `source_timelock` become `Source timelock`. */
export function wordsOfName(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
