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
}

/** The value in the middle of the sorted values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const fromMs = performance.now()
  await work()
  return performance.now() - fromMs
}

/** One line of the table: median (min to max) of both sides, and their ratio. */
export function lineOf({ what, unit, ours, control, against }: Figure): string {
  const side = (values: readonly number[]): string =>
    values.length === 0
      ? '–'
      : `${text(median(values))} (${text(Math.min(...values))} to ${text(Math.max(...values))})`
  const ratio = control.length === 0 ? '' : `  ratio ${text(median(ours) / median(control))}`
  return `  ${what} [${unit}]: ${side(ours)}  against ${against}: ${side(control)}${ratio}`
}

function text(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return value.toPrecision(3)
}
