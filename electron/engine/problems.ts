import type { z } from 'zod'
import { shortened } from './shortened.ts'

/** One thing that is wrong in what a person wrote: where, and what to do. */
export interface Problem {
  /** `connections[1].system`; empty for the whole. */
  place: string
  sentence: string
}

/** A path as people write it: `connections[1].system`. */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, key) => {
    if (typeof key === 'number') return `${place}[${key}]`
    return place === '' ? String(key) : `${place}.${String(key)}`
  }, '')
}

/** The problems that a schema found, unknown keys one by one under their own place. */
export function problemsOf(error: z.core.$ZodError, root: readonly PropertyKey[] = []): Problem[] {
  return error.issues.flatMap((issue) => {
    const path = [...root, ...issue.path]
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        place: placeOf([...path, shortened(key)]),
        sentence: `There is no key “${shortened(key)}” here; take it out or mend its name.`,
      }))
    }
    return [{ place: placeOf(path), sentence: issue.message }]
  })
}

/** All problems in one sentence, each with its place. */
export function sentenceOf(problems: readonly Problem[]): string {
  return problems
    .map(({ place, sentence }) => (place === '' ? sentence : `${place}: ${sentence}`))
    .join(' · ')
}
