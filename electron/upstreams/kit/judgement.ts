import type { Answered, Judgement } from '../command.ts'
import { readJson } from './exactJson.ts'
import { redact } from './redact.ts'
import { isJsonObject, type JsonObject } from './shape.ts'

/** Longest text of a system that is repeated in a sentence. */
const LONGEST_QUOTE = 300

/**
 * What an HTTP status says of a command: 2xx taken, 3xx and 4xx refused, anything else unknown, since a server that fails may have
 * done it first. So is 2xx with a page or rubbish for a body, which a system never sends and whatever stands between may. `why` quotes the
 * system, secrets redacted.
 */
export function judgeByStatus({ httpStatus, text }: Answered): Judgement {
  const said = wordsOf(text)
  const quote = said === '' ? '' : ` It says: “${said}”`
  const none = { facts: {}, follow: null }
  if (httpStatus >= 200 && httpStatus < 300) {
    if (!isSystems(text)) return { outcome: 'unknown', why: notSystems(httpStatus), ...none }
    return { outcome: 'accepted', why: `The system took it (HTTP ${httpStatus}).`, ...none }
  }
  if (httpStatus >= 300 && httpStatus < 500 && httpStatus !== 408) {
    return { outcome: 'refused', why: `The system refused it (HTTP ${httpStatus}).${quote}`, ...none }
  }
  return {
    outcome: 'unknown',
    why: `The system failed over it (HTTP ${httpStatus}), so it may or may not have been carried out.${quote}`,
    ...none,
  }
}

/** What servers say in place of a body: `OK`, `Created`. */
const STATUS_WORDS = /^[\w .,!-]{1,100}$/

/** All five answer in JSON, with nothing (a relayer's 201) or with a word. */
function isSystems(text: string): boolean {
  const said = text.trim()
  return said === '' || STATUS_WORDS.test(said) || 'value' in readJson(text)
}

function notSystems(httpStatus: number): string {
  return `The answer (HTTP ${httpStatus}) is a page, rubbish or too long to be read, so it does not say whether it was carried out.`
}

/** The body of an answer where it is a JSON object; else null. */
export function bodyOf({ text }: Answered): JsonObject | null {
  const read = readJson(text)
  return 'value' in read && isJsonObject(read.value) ? read.value : null
}

/** The system's own words for what went wrong, short. */
function wordsOf(text: string): string {
  const read = readJson(text)
  const body = 'value' in read && isJsonObject(read.value) ? read.value : null
  const named = ['message', 'description', 'detail', 'error'].map((name) => body?.[name])
  const found =
    named.find((value): value is string => typeof value === 'string') ?? (body === null ? text.trim() : '')
  return redact(found).slice(0, LONGEST_QUOTE)
}
