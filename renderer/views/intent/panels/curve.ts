/** A point of a curve; `value` is an exact decimal. */
export interface CurvePoint {
  atMs: number
  value: string
}

/** Digits that a value between two points is given at least: enough to see an auction move from second to second. */
const SIGNIFICANT_DIGITS = 6

/** A decimal as a whole number of units of `10 ** -scale`. */
interface Scaled {
  units: bigint
  scale: number
}

/**
 * The value of a curve at an instant, exact decimal notation: linear between its points and cut, not rounded, after more
 * digits than they have; before the first and after the last point the value there. Null when a value is no decimal.
 */
export function valueAt(points: readonly CurvePoint[], atMs: number): string | null {
  const next = points.findIndex((point) => point.atMs > atMs)
  const before = points.at(next === -1 ? -1 : Math.max(0, next - 1))
  const after = points[next]
  if (before === undefined) return null
  const from = scaledOf(before.value)
  if (after === undefined || after.atMs === before.atMs || atMs <= before.atMs) {
    return from === null ? null : before.value
  }
  const to = scaledOf(after.value)
  if (from === null || to === null) return null
  const wholeDigits = String(from.units).replace('-', '').length - from.scale
  const scale = Math.max(from.scale, to.scale, SIGNIFICANT_DIGITS - Math.max(1, wholeDigits))
  const start = rescaled(from, scale)
  const rise = rescaled(to, scale) - start
  const passedMs = BigInt(Math.round(atMs - before.atMs))
  return textOf(start + (rise * passedMs) / BigInt(Math.round(after.atMs - before.atMs)), scale)
}

/** Where a curve runs in a box of `width` by `height`, top left first, with where an instant stands on it. */
export function curveInBox(
  points: readonly CurvePoint[],
  nowMs: number,
  box: { width: number; height: number },
): { line: string; now: { x: number; y: number } } {
  const [first] = points
  const last = points.at(-1)
  const values = points.map(({ value }) => Number(value))
  const least = Math.min(...values)
  const most = Math.max(...values)
  const fromMs = first?.atMs ?? 0
  const lengthMs = Math.max(1, (last?.atMs ?? 0) - fromMs)
  const place = (atMs: number, value: number): { x: number; y: number } => ({
    x: (Math.min(Math.max(0, atMs - fromMs), lengthMs) / lengthMs) * box.width,
    y: most === least ? box.height / 2 : (1 - (value - least) / (most - least)) * box.height,
  })
  const line = points.map(({ atMs, value }) => {
    const { x, y } = place(atMs, Number(value))
    return `${x.toFixed(1)},${y.toFixed(1)}`
  })
  return { line: line.join(' '), now: place(nowMs, Number(valueAt(points, nowMs) ?? least)) }
}

function scaledOf(text: string): Scaled | null {
  const parts = /^(-?\d+)(?:\.(\d+))?$/.exec(text)
  if (parts === null) return null
  const [, whole = '', fraction = ''] = parts
  return { units: BigInt(whole + fraction), scale: fraction.length }
}

function rescaled({ units, scale }: Scaled, to: number): bigint {
  return units * 10n ** BigInt(to - scale)
}

function textOf(units: bigint, scale: number): string {
  const sign = units < 0n ? '-' : ''
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  const whole = digits.slice(0, digits.length - scale)
  return `${sign}${whole}${scale === 0 || fraction === '' ? '' : `.${fraction}`}`
}
