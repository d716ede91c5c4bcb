/** Longest text that is parsed, characters: a frame of a few KiB is normal, and 8 MiB still parses in a blink. */
export const LONGEST_TEXT = 8 * 1024 * 1024

/** Deepest nesting that is parsed: answers nest 5 deep, and recursive code fails from some thousands on. */
export const DEEPEST_NESTING = 64

/** Most of an unreadable text that is kept, characters: enough to see what it was. */
export const LONGEST_DAMAGED = 64 * 1024

/** Why a text was not read, as the journal keeps it. */
export interface Damage {
  /** JSON path of the first thing that is wrong, `$` for the whole. */
  path: string
  reason: string
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const isOpening = (code: number): boolean => code === 0x7b || code === 0x5b
const isClosing = (code: number): boolean => code === 0x7d || code === 0x5d

/** Index just behind the string literal that opens at `at`; the end of the text when it is never closed. */
export function endOfString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1
    if (backslashes % 2 === 0) return end + 1
  }
  return text.length
}

/** Whether a JSON text nests deeper than is good for it; looks at text only and builds nothing. */
export function isTooDeep(text: string, deepest: number = DEEPEST_NESTING): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at) - 1
    else if (isOpening(code)) {
      depth += 1
      if (depth > deepest) return true
    } else if (isClosing(code)) depth -= 1
  }
  return false
}

/** What forbids parsing a text, judged before it is parsed; null when nothing does. */
export function damageOf(text: string): Damage | null {
  if (text.length > LONGEST_TEXT) {
    return {
      path: '$',
      reason: `The frame is ${text.length} characters long; at most ${LONGEST_TEXT} are read.`,
    }
  }
  if (isTooDeep(text)) {
    return { path: '$', reason: `The frame nests deeper than ${DEEPEST_NESTING} levels.` }
  }
  return null
}
