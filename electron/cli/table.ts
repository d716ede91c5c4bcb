/** Space between two columns. */
const GUTTER = '  '

/** Rows as lines with aligned columns, a heading first; the last column is not padded. */
export function alignColumns(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [heading, ...rows].map((row) => row.map(printable))
  const widths = heading.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(GUTTER)
      .trimEnd(),
  )
}

/**
 * A text that cannot command a terminal: control characters, line ends and characters that turn the direction of
 * writing are shown as their code. What systems send is hostile until shown otherwise.
 */
export function printable(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}
