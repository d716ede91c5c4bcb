import { createHash } from 'node:crypto'
import { endOfString } from './guard.ts'

/** Cheap look first: a text without any of these words, and without escapes that could hide one, holds nothing to redact. */
const SUSPICIOUS =
  /pre[\s_-]?image|secret|signature|signed[\s_-]?data|private[\s_-]?key|mnemonic|seed[\s_-]?phrase|passw|evm[\s_-]?transaction|"sig\\*"|\\u00/i

/** Names (letters and digits only) whose values let their holder move funds or speak for somebody; a raw `evmTransaction` is signed. */
const SENSITIVE =
  /preimage|secret|signature|signeddata|privatekey|mnemonic|seedphrase|password|passwd|evmtransaction|^sig$/

/** Names that contain such a word and yet hold nothing secret: hashes of it, counts, times, kinds, and a transaction's id on Solana. */
const HARMLESS =
  /(?:transaction|tx)signature$|hash(?:e[sd])?(?:lock|hex|value)?s?$|^hash(?:ed|of)|(?:count|index|idx|status|type|scheme|length|at|id)$/

/** In running text: such a word, at most a few marks or filler words, then 16 or more hex digits. */
const TOLD_SECRET =
  /\b(\w{0,40}(?:pre[\s_-]?image|secret|signature|private[\s_-]?key)\w{0,40}|sig)((?:\\+[nrt]|[^\w]|\b(?:is|was|value|hex|of|the|as|revealed)\b){1,24})((?:0x)?[0-9a-f]{16,})/gi

/** Length of a fingerprint, hex digits: enough to see that two are equal, too few to be of use. */
const FINGERPRINT_LENGTH = 12

/**
 * The text with every secret replaced by `redacted:<fingerprint>`, all else verbatim; JSON stays JSON. Looks at keys
 * at any depth, JSON inside strings included, and at hex digits after a telling word in a sentence.
 */
export function redact(text: string): string {
  if (!SUSPICIOUS.test(text)) return text
  return redactKeys(text).replace(TOLD_SECRET, redactTold)
}

function redactTold(whole: string, word: string, ...rest: [between: string, secret: string]): string {
  const [between, secret] = rest
  return isSensitive(word) ? `${word}${between}${fingerprintOf(secret)}` : whole
}

function redactKeys(text: string): string {
  let result = ''
  let from = 0
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at)) {
    const end = endOfString(text, at)
    const start = behindColon(text, end)
    const isHit = start !== -1 && isSensitive(unescaped(text.slice(at + 1, end - 1)))
    at = isHit ? endOfValue(text, start) : end
    if (!isHit) continue
    result += text.slice(from, start) + replacementOf(text.slice(start, at))
    from = at
  }
  return result + text.slice(from)
}

/** Where the value begins when the string that ended at `at` is a key; -1 when it is not. */
function behindColon(text: string, at: number): number {
  let next = at
  while (/\s/.test(text.charAt(next))) next += 1
  if (text[next] !== ':') return -1
  next += 1
  while (/\s/.test(text.charAt(next))) next += 1
  return next
}

function isSensitive(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return SENSITIVE.test(plain) && !HARMLESS.test(plain)
}

function unescaped(key: string): string {
  return key.replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

function replacementOf(value: string): string {
  if (/^(?:null|true|false|"")?$/.test(value) || value.startsWith('"redacted:')) return value
  return `"${fingerprintOf(value.startsWith('"') ? value.slice(1, -1) : value)}"`
}

/** What stands for a secret; equal for one secret however it is written: with or without 0x, in either case. */
export function fingerprintOf(secret: string): string {
  const plain = /^(?:0x)?[0-9a-f]+$/i.test(secret) ? secret.toLowerCase().replace(/^0x/, '') : secret
  return `redacted:${createHash('sha256').update(plain).digest('hex').slice(0, FINGERPRINT_LENGTH)}`
}

/** Index just behind the JSON value that begins at `start`; the end of the text when it is broken off. */
function endOfValue(text: string, start: number): number {
  const first = text[start]
  if (first === '"') return endOfString(text, start)
  if (first !== '{' && first !== '[') {
    const end = text.slice(start, start + 400).search(/[\s,}\]]/)
    return end === -1 ? Math.min(text.length, start + 400) : start + end
  }
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const char = text[at]
    if (char === '"') at = endOfString(text, at) - 1
    else if (char === '{' || char === '[') depth += 1
    else if ((char === '}' || char === ']') && (depth -= 1) === 0) return at + 1
  }
  return text.length
}
