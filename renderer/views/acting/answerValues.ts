import { wordsOfName } from '../../../shared/intent/words.ts'

/** One value of an answer with the names that lead to it, in words. */
export interface AnswerValue {
  words: string
  text: string
}

/** Deepest object that is taken apart; what lies deeper is shown as JSON. */
const DEEPEST = 4

/** The values of an answer in its order, objects taken apart; none for what is no object. */
export function valuesOf(response: unknown): AnswerValue[] {
  return isObject(response) ? within(response, []) : []
}

function within(object: object, names: readonly string[]): AnswerValue[] {
  return Object.entries(object).flatMap(([name, value]: [string, unknown]) => {
    const path = [...names, wordsOfName(name)]
    if (isObject(value) && path.length < DEEPEST) return within(value, path)
    return { words: sentenceOf(path), text: typeof value === 'string' ? value : JSON.stringify(value) }
  })
}

/** Names one within the other as one name: `Refund, contract address`. */
function sentenceOf([outermost = '', ...within]: readonly string[]): string {
  return [outermost, ...within.map((name) => name.toLowerCase())].join(', ')
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
