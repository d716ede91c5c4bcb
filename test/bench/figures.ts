/** What a bench hands back: named figures, each with the control that was measured in the same run. */
export interface Figure {
  what: string
  unit: string
  /** Our side, one value a run. */
  ours: number[]
  /** The control, one value a run; empty where there is none. */
  control: number[]
  /** What the control is. */
  against: string
  /** The ratio of ours to the control that is aimed at; absent where there is none. */
  goal?: { ratio: number; is: 'at least' | 'at most' }
  /** What our side alone is aimed at, in `unit`. */
  limit?: { value: number; is: 'at least' | 'at most' }
}

/** The value in the middle of the sorted values. */
export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** The value below which `percent` of the values lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const fromMs = performance.now()
  await work()
  return performance.now() - fromMs
}

/** Ours to the control, by their medians; NaN where there is no control. */
function ratioOf({ ours, control }: Figure): number {
  return median(ours) / median(control)
}

/** The figures as a table: median (min to max) of both sides, their ratio and what is aimed at. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    `${figure.what} [${figure.unit}]`,
    side(figure.ours),
    figure.control.length === 0 ? '' : text(ratioOf(figure)),
    goalOf(figure),
    figure.control.length === 0 ? '' : `${figure.against}: ${side(figure.control)}`,
  ])
  const all = [['what', 'ours', 'ratio', 'goal', 'control'], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `  ${line}\n`)
    .join('')
}

function goalOf(figure: Figure): string {
  const { goal, limit } = figure
  if (goal !== undefined)
    return `${goal.is} ${text(goal.ratio)}: ${isMet(ratioOf(figure), goal.ratio, goal.is)}`
  if (limit === undefined) return ''
  return `${limit.is} ${text(limit.value)}: ${isMet(median(figure.ours), limit.value, limit.is)}`
}

function isMet(value: number, bound: number, is: 'at least' | 'at most'): string {
  return (is === 'at least' ? value >= bound : value <= bound) ? 'met' : 'missed'
}

function side(values: readonly number[]): string {
  return `${text(median(values))} (${text(Math.min(...values))} to ${text(Math.max(...values))})`
}

function text(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return value.toPrecision(3)
}
