import { PHASES } from '../../../shared/intent/phase.ts'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { Db } from '../database.ts'

/** The counter of intents in a phase. */
export function phaseCounter(phase: string): string {
  return `phase:${phase}`
}

/** One counter: how many intents of a system on a connection are such. */
export interface CounterRow {
  connection: number
  system: string
  name: string
  count: number
}

/** Whether an intent is not over: it has not ended, and its system still lists it. */
export function isOpen(intent: Pick<Intent, 'isTerminal' | 'isRemoved'>): boolean {
  return !intent.isTerminal && !intent.isRemoved
}

/** The counters that an intent stands in. */
export function countersOf(intent: Intent, isWatched: boolean): string[] {
  const names = ['total', phaseCounter(intent.phase)]
  if (isOpen(intent)) names.push('open')
  if (intent.moneyAtRisk) names.push('atRisk')
  if (intent.contradictions.length > 0) names.push('contradicted')
  if (isWatched) names.push('watched')
  return names
}

/** Counts of intents, kept while facts are applied and written with them. */
export class Counters {
  readonly #counts = new Map<string, CounterRow>()
  readonly #changed = new Set<CounterRow>()
  readonly #removed = new Map<string, number>()
  readonly #load
  readonly #loadRemoved
  readonly #save

  constructor(db: Db) {
    this.#load = db.prepare<[], CounterRow>('SELECT connection, system, name, count FROM counters')
    this.#loadRemoved = db.prepare<[], Omit<CounterRow, 'name'> & { phase: string }>(
      'SELECT connection, system, phase, count FROM removed_intents',
    )
    this.#save = db.prepare<[number, string, string, number]>(
      `INSERT INTO counters VALUES (?, ?, ?, ?)
       ON CONFLICT (connection, system, name) DO UPDATE SET count = excluded.count`,
    )
    this.reset()
  }

  /** Forgets what may have been rolled back. */
  reset(): void {
    this.#counts.clear()
    this.#changed.clear()
    this.#removed.clear()
    for (const { connection, system, phase, count } of this.#loadRemoved.iterate()) {
      this.#removed.set(label(connection, system, phaseCounter(phase)), count)
    }
    for (const row of this.#load.iterate()) this.#counts.set(label(row.connection, row.system, row.name), row)
  }

  /** Moves an intent from the counters that it stood in to those that it stands in now. */
  move(
    place: { connection: number; system: string },
    before: readonly string[],
    after: readonly string[],
  ): void {
    for (const name of before) if (!after.includes(name)) this.#add(place, name, -1)
    for (const name of after) if (!before.includes(name)) this.#add(place, name, 1)
  }

  /** Intents of a connection by phase, as counted at this moment, with those that were removed since they ended. */
  phases(connection: number, system: string): Record<string, number> {
    const phases: Record<string, number> = {}
    for (const phase of PHASES) {
      const key = label(connection, system, phaseCounter(phase))
      const count = (this.#counts.get(key)?.count ?? 0) + (this.#removed.get(key) ?? 0)
      if (count > 0) phases[phase] = count
    }
    return phases
  }

  /** Writes down what changed. */
  flush(): void {
    for (const row of this.#changed) this.#save.run(row.connection, row.system, row.name, row.count)
    this.#changed.clear()
  }

  #add(place: { connection: number; system: string }, name: string, by: number): void {
    const key = label(place.connection, place.system, name)
    let row = this.#counts.get(key)
    if (row === undefined) {
      row = { ...place, name, count: 0 }
      this.#counts.set(key, row)
    }
    row.count += by
    this.#changed.add(row)
  }
}

function label(connection: number, system: string, name: string): string {
  return `${connection}\n${system}\n${name}`
}
