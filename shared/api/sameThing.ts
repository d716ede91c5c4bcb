import { comparableId } from '../intent/ids.ts'
import type { ActionHead } from './action.ts'

/** What tells whether two actions are about the same thing. */
export type Thing = Pick<ActionHead, 'system' | 'kind' | 'subject' | 'names'>

/** Every name of what an action is about, in the form in which names are compared. */
export function namesOfThing({ subject, names = [] }: Pick<Thing, 'subject' | 'names'>): string[] {
  return [...new Set([subject, ...names].map(comparableId))]
}

/**
 * Whether two actions exclude each other: they are of one kind and share a name, however it is written and over whichever
 * connection to their system they go.
 */
export function isSameThing(a: Thing, b: Thing): boolean {
  if (a.system !== b.system || a.kind !== b.kind) return false
  const known = new Set(namesOfThing(a))
  return namesOfThing(b).some((name) => known.has(name))
}
