import type { Answered, Judgement } from '../../command.ts'
import { advised, type Advice } from '../../kit/advice.ts'
import { bodyOf, judgeByStatus } from '../../kit/judgement.ts'
import { GENERAL_ADVICE } from './advice.ts'

/** Longest value of an answer that is kept: an id or a nonce. */
const LONGEST_FACT = 200

/** What the HTTP status says, with what this backend means by it. */
export function judgeAdvised(answer: Answered, advice: Advice): Judgement {
  return advised(judgeByStatus(answer), answer, { ...GENERAL_ADVICE, ...advice })
}

/** The same, and of an answer that was taken the named values that are worth keeping. */
export function judgeAndKeep(answer: Answered, names: readonly string[], advice: Advice = {}): Judgement {
  const judged = judgeAdvised(answer, advice)
  if (judged.outcome !== 'accepted') return judged
  const body = bodyOf(answer) ?? {}
  const facts: Record<string, string> = {}
  for (const name of names) {
    const value = body[name]
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text === 'string' && text !== '' && text.length <= LONGEST_FACT) facts[name] = text
  }
  const missing = names.filter((name) => !Object.hasOwn(facts, name))
  if (missing.length === 0) return { ...judged, facts }
  return { ...judged, facts, why: `${judged.why} The answer names no ${missing.join(' and no ')}.` }
}
