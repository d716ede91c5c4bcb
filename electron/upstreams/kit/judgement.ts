import type { Answered, Judgement } from '../command.ts'
import { adviceOn } from './advice.ts'
import { readJson } from './exactJson.ts'
import { redact } from './redact.ts'
import { isJsonObject, type JsonObject } from './shape.ts'

/** Longest text of a system that is repeated in a sentence. */
const LONGEST_QUOTE = 300

/** Redirects that lead to what became of a POST: it may have been carried out before. */
const LEADS_ON = new Set([302, 303])

/**
 * What an HTTP status says of a command: 2xx taken, 3xx and 4xx refused, anything else unknown, since a server that fails may have
 * done it first. So are two redirects that servers use once they have, so is 2xx with a page or rubbish for a body, which a system
 * never sends and whatever stands between may, and so is 2xx whose own words say no. `why` quotes the system, secrets redacted.
 */
export function judgeByStatus(answer: Answered): Judgement {
  const { httpStatus, text } = answer
  const said = wordsOf(text)
  const quote = said === '' ? '' : ` It says: “${said}”`
  const none = { advice: null, facts: {}, follow: null }
  if (httpStatus >= 200 && httpStatus < 300) {
    if (!isSystems(text)) return { outcome: 'unknown', why: notSystems(httpStatus), ...none }
    if (isDenied(text)) return { ...none, ...denied(httpStatus, quote) }
    return { outcome: 'accepted', why: `The system took it (HTTP ${httpStatus}).`, ...none }
  }
  if (httpStatus >= 300 && httpStatus < 500 && httpStatus !== 408 && !LEADS_ON.has(httpStatus)) {
    const why = `The system refused it (HTTP ${httpStatus}).${quote}`
    return { ...none, outcome: 'refused', why, advice: adviceOn(answer) }
  }
  return {
    outcome: 'unknown',
    why: `The system ${LEADS_ON.has(httpStatus) ? 'leads elsewhere' : 'failed over it'} (HTTP ${httpStatus}), so it may or may not have been carried out.${quote}`,
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

/** Whether an answer says of itself that it is none: no page documents such words beside a 2xx, and servers send them. */
function isDenied(text: string): boolean {
  const body = objectIn(text)
  if (body === null) return false
  const { success, ok, error, errors } = body
  const isListed = Array.isArray(errors) && errors.length > 0
  return (
    success === false ||
    ok === false ||
    (typeof error === 'string' && error !== '') ||
    isJsonObject(error) ||
    isListed
  )
}

function denied(httpStatus: number, quote: string): Pick<Judgement, 'outcome' | 'why' | 'advice'> {
  return {
    outcome: 'unknown',
    why: `The system took it by its status (HTTP ${httpStatus}) and denies it in its words.${quote}`,
    advice: 'Read the intent again and see which of the two holds, before anything is given anew.',
  }
}

/** The body of an answer where it is a JSON object; else null. */
export function bodyOf({ text }: Answered): JsonObject | null {
  return objectIn(text)
}

function objectIn(text: string): JsonObject | null {
  const read = readJson(text)
  return 'value' in read && isJsonObject(read.value) ? read.value : null
}

/** The system's own words for what went wrong, short. */
function wordsOf(text: string): string {
  const body = objectIn(text)
  const named = ['message', 'description', 'detail', 'error'].map((name) => body?.[name])
  const found =
    named.find((value): value is string => typeof value === 'string') ?? (body === null ? text.trim() : '')
  return redact(found).slice(0, LONGEST_QUOTE)
}
