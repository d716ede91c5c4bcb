import { isLeftOut, type Absence } from './absence.ts'
import type { Random } from './random.ts'

/** One life of a story begins. */
export interface Arrival {
  /** Its number among all of the story, from 0. */
  serial: number
  /** Story time, milliseconds since the start. */
  bornMs: number
}

/** How lives begin by themselves. */
export interface ArrivalsOptions {
  random: Random
  /** How many times faster than real time. */
  rate: number
  /** Story time between two beginnings, on average, milliseconds. */
  arrivalMs: number
  /** How long the story has been going on at the start, milliseconds. */
  pastMs: number
  /** When nobody was there; of what began then only the end is told. */
  absence?: Absence | undefined
}

/** Beginnings without end, by chance. Whoever is left out has a number and a time too, so that all others keep theirs. */
export function* arrivals(
  { absence, ...options }: ArrivalsOptions,
  wallMs: (storyMs: number) => number,
): Generator<Arrival, never> {
  const { random, arrivalMs, pastMs } = options
  const chance = random.branch('arrivals')
  for (let serial = 0, bornMs = -pastMs; ; serial += 1, bornMs += chance.waiting(arrivalMs)) {
    if (absence === undefined || !isLeftOut(wallMs(bornMs), absence, options)) yield { serial, bornMs }
  }
}
