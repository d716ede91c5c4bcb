import type { MempoolSeries } from '../../../shared/api/answers.ts'
import type { Phase } from '../../../shared/intent/phase.ts'
import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'

/** One counter of the system beside the console's own count of the same. */
export interface ComparedCounter {
  /** The system's own name. */
  name: string
  system: number
  /** How much it changed within the last hour; null when nothing was read an hour ago. */
  changeInHour: number | null
  /** Phases that the console counts beside it; empty when it has nothing like it. */
  phases: readonly Phase[]
  /** The console's own count; null when it has nothing like it. */
  ours: number | null
}

/** The phases that stand beside each counter of a system, as its vocabulary tells. */
type CountedAs = NonNullable<Vocabulary['counters']>

/** The phases that stand beside a counter; none beside one that the vocabulary does not know. */
function phasesOf(counter: string, countedAs: CountedAs): readonly Phase[] {
  return Object.hasOwn(countedAs, counter) ? (countedAs[counter] ?? []) : []
}

/** The newest counters of the system, in its own order, beside ours. */
export function compareCounters(
  series: Pick<MempoolSeries, 'latest' | 'hourBefore' | 'oursNow'>,
  countedAs: CountedAs,
): ComparedCounter[] {
  return Object.entries(series.latest?.values ?? {}).map(([name, system]) => {
    const before = series.hourBefore?.values[name]
    const phases = phasesOf(name, countedAs)
    return {
      name,
      system,
      changeInHour: before === undefined ? null : system - before,
      phases,
      ours: phases.length === 0 ? null : sumOf(phases, series.oursNow),
    }
  })
}

/** One point of a chart; null where nothing was heard, which breaks the line. */
export interface ChartPoint {
  atMs: number
  system: number | null
  ours: number | null
}

/** The course of one counter beside the console's own count. */
export function chartPoints(
  series: Pick<MempoolSeries, 'atMs' | 'system' | 'ours'>,
  counter: Pick<ComparedCounter, 'name' | 'phases'>,
): ChartPoint[] {
  const { name, phases } = counter
  return series.atMs.map((atMs, at) => {
    const system = series.system[name]?.[at] ?? null
    const counted = Object.fromEntries(
      Object.entries(series.ours).map(([phase, counts]) => [phase, counts[at] ?? null]),
    )
    const isHeard = Object.values(counted).some((count) => count !== null)
    return { atMs, system, ours: isHeard && phases.length > 0 ? sumOf(phases, counted) : null }
  })
}

function sumOf(phases: readonly Phase[], counts: Record<string, number | null>): number {
  return phases.reduce((sum, phase) => sum + (counts[phase] ?? 0), 0)
}

/** The difference between the system's counter and ours in words; empty when they agree or cannot be compared. */
export function differenceWords({ system, ours }: Pick<ComparedCounter, 'system' | 'ours'>): string {
  if (ours === null || system === ours) return ''
  const difference = Math.abs(system - ours).toLocaleString('en')
  return system > ours ? `system counts ${difference} more` : `console counts ${difference} more`
}
