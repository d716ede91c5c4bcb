/** How instants are written. */
export type TimeStyle = 'utc' | 'local' | 'relative' | 'epoch'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** The first block of the first chain, 2009-01-03: nothing that the console watches happened before. */
const EARLIEST_MS = 1_230_940_800_000

/** Ten digits of seconds, in the year 2286: a later instant is a mixed-up unit or means "never". */
const LATEST_MS = 9_999_999_999_999

/** Seconds have fewer digits than this for every plausible instant, milliseconds have more. */
const SECONDS_BELOW = 1e11

/** Milliseconds have fewer digits than this for every plausible instant, microseconds have more. */
const MILLISECONDS_BELOW = 1e14

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(?:([Zz])|([+-])(\d{2}):?(\d{2}))?)?$/

/**
 * An instant from the wire as epoch milliseconds: an ISO-8601 text (UTC where it names no zone), or epoch seconds,
 * milliseconds or microseconds, told apart by magnitude. Null for anything else and for what no chain can have seen.
 */
export function toEpochMs(value: unknown): number | null {
  if (typeof value === 'bigint') return plausible(fromNumber(Number(value)))
  if (typeof value === 'number') return plausible(fromNumber(value))
  if (typeof value !== 'string') return null
  const text = value.trim()
  return plausible(/^\d+(\.\d+)?$/.test(text) ? fromNumber(Number(text)) : fromIso(text))
}

function plausible(atMs: number): number | null {
  return atMs >= EARLIEST_MS && atMs <= LATEST_MS ? atMs : null
}

function fromNumber(value: number): number {
  if (value < SECONDS_BELOW) return Math.trunc(value * 1_000)
  return Math.trunc(value < MILLISECONDS_BELOW ? value : value / 1_000)
}

/** What machines write. Days that not every month has are left to the calendar below. */
const PLAIN_ISO = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

function fromIso(text: string): number {
  if (PLAIN_ISO.test(text)) return Date.parse(text)
  const parts = ISO.exec(text)
  if (parts === null) return NaN
  const [year, month, day, hour, minute, second, zoneHour, zoneMinute] = [1, 2, 3, 4, 5, 6, 10, 11].map(
    (at) => Number(parts[at] ?? 0),
  ) as [number, number, number, number, number, number, number, number]
  const dayCount = (Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / DAY_MS
  const isReal = month >= 1 && month <= 12 && day >= 1 && day <= dayCount && hour < 24 && minute < 60
  if (!isReal || second > 59 || zoneHour > 23 || zoneMinute > 59) return NaN
  const fractionMs = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'))
  const offsetMs = (zoneHour * HOUR_MS + zoneMinute * MINUTE_MS) * (parts[9] === '-' ? -1 : 1)
  return Date.UTC(year, month - 1, day, hour, minute, second, fractionMs) - offsetMs
}

/** A length of time in its two largest units: `350 ms`, `48 s`, `4 min 10 s`, `2 h 5 min`, `3 d 4 h`. Cut, not rounded. */
export function formatDuration(durationMs: number): string {
  if (!Number.isFinite(durationMs)) return 'unknown'
  if (durationMs < 0) return `−${formatDuration(-durationMs)}`
  if (durationMs < SECOND_MS) return durationMs < 1 ? '0 s' : `${String(Math.floor(durationMs))} ms`
  if (durationMs < MINUTE_MS) return `${String(Math.floor(durationMs / SECOND_MS))} s`
  if (durationMs < HOUR_MS) return inTwoUnits(durationMs, [MINUTE_MS, 'min'], [SECOND_MS, 's'])
  if (durationMs < DAY_MS) return inTwoUnits(durationMs, [HOUR_MS, 'h'], [MINUTE_MS, 'min'])
  return inTwoUnits(durationMs, [DAY_MS, 'd'], [HOUR_MS, 'h'])
}

type Unit = [lengthMs: number, name: string]

function inTwoUnits(durationMs: number, large: Unit, small: Unit): string {
  const head = `${String(Math.floor(durationMs / large[0]))} ${large[1]}`
  const rest = Math.floor((durationMs % large[0]) / small[0])
  return rest === 0 ? head : `${head} ${String(rest)} ${small[1]}`
}

/** How long ago: `now`, `12 s ago`; an instant that is still to come, by a skewed clock, is `in 5 s`. */
export function formatAgo(atMs: number, nowMs: number): string {
  const agoMs = nowMs - atMs
  if (Math.abs(agoMs) < SECOND_MS) return 'now'
  return agoMs > 0 ? `${formatDuration(agoMs)} ago` : `in ${formatDuration(-agoMs)}`
}

/** How long until: `in 4 min 10 s`, `now`, `passed 2 min ago`. */
export function formatCountdown(atMs: number, nowMs: number): string {
  const agoMs = nowMs - atMs
  if (Math.abs(agoMs) < SECOND_MS) return 'now'
  return agoMs > 0 ? `passed ${formatDuration(agoMs)} ago` : `in ${formatDuration(-agoMs)}`
}

const INSTANT: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
}
const UTC_CLOCK = new Intl.DateTimeFormat('en-GB', { ...INSTANT, timeZone: 'UTC' })
const LOCAL_CLOCK = new Intl.DateTimeFormat('en-GB', INSTANT)

/** Farthest instant from 1970 that a calendar of this language can name, milliseconds. */
const CALENDAR_END_MS = 8.64e15

function calendarParts(
  atMs: number,
  style: 'utc' | 'local',
): { date: string; time: string; zone: string } | null {
  if (!(Math.abs(atMs) <= CALENDAR_END_MS)) return null
  const clock = style === 'utc' ? UTC_CLOCK : LOCAL_CLOCK
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of clock.formatToParts(atMs)) parts[type] = value
  const { year = '', month = '', day = '', hour = '', minute = '', second = '', timeZoneName = '' } = parts
  return { date: `${year}-${month}-${day}`, time: `${hour}:${minute}:${second}`, zone: timeZoneName }
}

/** An instant in full: `2026-11-21 14:05:32 UTC`, the same in local time with its zone, `12 s ago`, or epoch milliseconds. */
export function formatInstant(atMs: number, style: TimeStyle, nowMs: number): string {
  if (style === 'epoch') return String(atMs)
  if (style === 'relative') return formatAgo(atMs, nowMs)
  const parts = calendarParts(atMs, style)
  return parts === null ? String(atMs) : `${parts.date} ${parts.time} ${parts.zone}`
}

/** An instant of about today, short: `14:05:32` in UTC or local time, `12 s ago`, or epoch milliseconds. */
export function formatInstantShort(atMs: number, style: TimeStyle, nowMs: number): string {
  if (style === 'epoch') return String(atMs)
  if (style === 'relative') return formatAgo(atMs, nowMs)
  return calendarParts(atMs, style)?.time ?? String(atMs)
}
