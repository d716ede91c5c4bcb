import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { IntentSummary } from '../../shared/api/row.ts'
import { completions } from '../../shared/query/completions.ts'
import { looksLikeIdentifier } from '../../shared/query/identifier.ts'
import { parseQuery } from '../../shared/query/parse.ts'
import { QueryProblem } from '../../shared/query/query.ts'
import { calls, client } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'
import { useStatus } from '../replica/status.ts'
import { useSettled } from './useSettled.ts'

/** Something that the Find box offers. */
export type FindOption =
  { is: 'intent'; intent: IntentSummary } | { is: 'completion'; label: string; text: string }

/** What Enter does with the text. `shown`: nothing to go to, the box says why. */
export type FindAnswer = { is: 'intent'; id: string } | { is: 'query'; query: string } | { is: 'shown' }

/** Intents offered while typing: what fits under the box without scrolling. */
const OFFERED = 12
/** The engine is asked once the typing rests this long. */
const RESTS_AFTER_MS = 120

/** What there is for the text in the Find box. */
export function useFind(text: string, isShown: boolean) {
  const isIdentifier = looksLikeIdentifier(text)
  const settled = useSettled(text.trim(), RESTS_AFTER_MS)
  const known = { connection: (useStatus()?.connections ?? []).map(({ id }) => id) }
  const [submitted, setSubmitted] = useState<{ text: string; note: string | null } | null>(null)

  const found = useQuery({
    ...calls.intents.find.queryOptions({ input: { query: settled, limit: OFFERED } }),
    enabled: isShown && looksLikeIdentifier(settled),
    placeholderData: keepPreviousData,
  })
  const options: FindOption[] = isIdentifier
    ? (found.data ?? []).map((intent) => ({ is: 'intent', intent }))
    : completed(text, known)

  async function submit(): Promise<FindAnswer> {
    setSubmitted({ text, note: null })
    if (!isIdentifier) return queryAnswer(text)
    try {
      const intents = await client.intents.find({ query: text.trim(), limit: 2 })
      if (intents.length === 1 && intents[0] !== undefined) return { is: 'intent', id: intents[0].id }
      if (intents.length > 1) return { is: 'query', query: text.trim() }
      setSubmitted({
        text,
        note: 'No connection has heard of this id. Check it, or watch it on a connection that can read single intents.',
      })
    } catch (error) {
      const { message, tip } = failureOf(error)
      setSubmitted({ text, note: `${message} ${tip}` })
    }
    return { is: 'shown' }
  }

  const isSubmitted = submitted !== null && submitted.text === text
  return {
    options,
    note: isSubmitted ? submitted.note : null,
    problem: isSubmitted && !isIdentifier ? problemOf(text) : null,
    submit,
  }
}

function completed(text: string, known: { connection: string[] }): FindOption[] {
  const { from, to, options } = completions(text, text.length, known)
  return options.map((option) => ({
    is: 'completion',
    label: option,
    text: `${text.slice(0, from)}${option}${text.slice(to)}`,
  }))
}

function queryAnswer(text: string): FindAnswer {
  if (problemOf(text) !== null) return { is: 'shown' }
  return { is: 'query', query: text.trim() }
}

function problemOf(text: string): { at: number; message: string } | null {
  try {
    parseQuery(text)
    return null
  } catch (error) {
    if (error instanceof QueryProblem) return { at: error.at, message: error.message }
    throw error
  }
}
