import type { TimelineEntry } from '../../shared/api/row.ts'
import { openDeadlines, type Deadline } from '../../shared/intent/deadline.ts'

/** A pause of this length gets a line of its own; below it the "+4 min" beside the title says enough. */
export const IDLE_MS = 5 * 60_000

/** From so many lines on that changed nothing, one after another, they are drawn as one that opens; fewer cost no space. */
const QUIET_RUN = 3

/** A system's clock this far from ours is worth saying: network and batching explain less. */
const SKEW_MS = 5_000

/** One line of a drawn timeline, oldest first. `key` is unique within the timeline and stable while it grows. */
export type TimelineRow =
  | {
      kind: 'entry'
      key: string
      entry: TimelineEntry
      /** Since the line before; null for the first and after a line that already says the pause. */
      sincePreviousMs: number | null
      /** Whether it happened while the console was not listening. */
      isInGap: boolean
    }
  | { kind: 'quiet'; key: string; count: number; fromMs: number; untilMs: number; isInGap: boolean }
  | { kind: 'day'; key: string; day: string }
  | { kind: 'idle'; key: string; fromMs: number; untilMs: number }
  | { kind: 'gap'; key: string; entry: TimelineEntry; fromMs: number; untilMs: number | null }
  | { kind: 'deadline'; key: string; deadline: Deadline; isPassed: boolean }
  | { kind: 'now'; key: string; lastMs: number | null; isListening: boolean }

/** An entry with its key in the timeline. */
export interface KeyedEntry {
  key: string
  entry: TimelineEntry
}

/** What a timeline is drawn from. */
export interface TimelineInput {
  /** In history order, as the engine gives it. */
  entries: readonly TimelineEntry[]
  deadlines: readonly Deadline[]
  nowMs: number
  /** No more is expected: the line that says "now" is left out, unless deadlines that still bear on it lie ahead. */
  isTerminal: boolean
  /** Whether funds are locked, so that their deadlines bear on it after its end too. */
  moneyAtRisk: boolean
  /** Keys of the quiet runs that are open. */
  opened: ReadonlySet<string>
  /** The day of an instant in words, in the chosen way of writing times; the same for all where days are not written. */
  dayOf: (atMs: number) => string
}

interface Gap {
  key: string
  entry: TimelineEntry
  fromMs: number
  untilMs: number | null
}

interface Moment {
  atMs: number
  /** At one instant: what had already passed stands before what was heard then. */
  place: 0 | 1 | 2
  row: TimelineRow
}

/** Puts entries, gaps and deadlines of one intent on one axis, with the pauses between them said. */
export function layTimeline(input: TimelineInput): TimelineRow[] {
  const keyed = keyEntries(input.entries)
  const gaps = keyed.filter(({ entry }) => entry.kind === 'gap').map(gapOf)
  const heard = keyed.filter(({ entry }) => entry.kind !== 'gap')
  const told = deadlinesToTell(input, lastHeardMs(heard))
  const passed = told.filter((deadline) => deadline.atMs <= input.nowMs)
  const ahead = told.filter((deadline) => deadline.atMs > input.nowMs)

  const moments = inOrder(heardMoments(heard, gaps, input.opened), gaps, passed)
  const rows = withPauses(moments)
  if (!input.isTerminal || ahead.length > 0) {
    const isListening = !gaps.some((gap) => gap.untilMs === null)
    rows.push({ kind: 'now', key: 'now', lastMs: lastHeardMs(heard), isListening })
  }
  for (const deadline of [...ahead].sort((a, b) => a.atMs - b.atMs)) rows.push(flagOf(deadline, false))
  return withDays(rows, input)
}

/** How far the system's time lies before ours (positive) or after it, milliseconds; null when that says nothing. */
export function skewOf(entry: TimelineEntry): number | null {
  const skewMs = entry.receivedAtMs - entry.atMs
  return Math.abs(skewMs) >= SKEW_MS ? skewMs : null
}

/** Why a gap came about, as a whole sentence; empty when nobody said. */
export function gapReason({ reason = '' }: TimelineEntry): string {
  return reason === '' || reason.endsWith('.')
    ? reason
    : `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`
}

/** Whether an entry tells nothing that the one before it had not told. */
export function isQuiet(entry: TimelineEntry, before: TimelineEntry | undefined): boolean {
  if (before === undefined || entry.changes.length > 0) return false
  if (entry.flags.some((flag) => flag !== 'repeat')) return false
  return entry.kind === before.kind && entry.lane === before.lane && entry.status === before.status
}

/** Gives every entry a key: its place in the journal, and its number among those of one event. */
export function keyEntries(entries: readonly TimelineEntry[]): KeyedEntry[] {
  const seen = new Map<number, number>()
  return entries.map((entry) => {
    const nth = seen.get(entry.seq) ?? 0
    seen.set(entry.seq, nth + 1)
    return { key: nth === 0 ? `${entry.seq}` : `${entry.seq}.${nth}`, entry }
  })
}

function gapOf({ key, entry }: KeyedEntry): Gap {
  return { key: `gap ${key}`, entry, fromMs: entry.fromMs ?? entry.atMs, untilMs: entry.untilMs ?? null }
}

/** Those that bear on what comes, and those that passed while it was heard of: an auction's end means nothing to what was filled before. */
function deadlinesToTell(input: TimelineInput, lastMs: number | null): readonly Deadline[] {
  const open = openDeadlines(input)
  return input.deadlines.filter((deadline) => open.includes(deadline) || deadline.atMs <= (lastMs ?? 0))
}

function flagOf(deadline: Deadline, isPassed: boolean): TimelineRow {
  return { kind: 'deadline', key: `deadline ${deadline.kind} ${deadline.atMs}`, deadline, isPassed }
}

function lastHeardMs(heard: readonly KeyedEntry[]): number | null {
  return heard.reduce<number | null>((last, { entry }) => Math.max(last ?? 0, entry.receivedAtMs), null)
}

/** Entries as moments, runs of quiet ones as a single moment unless the run was opened. */
function heardMoments(heard: readonly KeyedEntry[], gaps: readonly Gap[], opened: ReadonlySet<string>) {
  const moments: Moment[] = []
  for (let at = 0; at < heard.length;) {
    const run = quietRunAt(heard, at, gaps)
    const first = heard[at]
    const last = run.at(-1)
    if (first === undefined) break
    const key = `quiet ${first.key}`
    const isInGap = isDuring(first.entry.atMs, gaps)
    if (last !== undefined && run.length >= QUIET_RUN && !opened.has(key)) {
      const fromMs = first.entry.atMs
      const untilMs = last.entry.atMs
      const row: TimelineRow = { kind: 'quiet', key, count: run.length, fromMs, untilMs, isInGap }
      moments.push({ atMs: fromMs, place: 2, row })
    } else {
      for (const item of run.length === 0 ? [first] : run) {
        const row: TimelineRow = { kind: 'entry', ...item, sincePreviousMs: null, isInGap }
        moments.push({ atMs: item.entry.atMs, place: 2, row })
      }
    }
    at += Math.max(1, run.length)
  }
  return moments
}

/** Quiet entries from a place on, as far as no gap begins or ends between them. */
function quietRunAt(heard: readonly KeyedEntry[], start: number, gaps: readonly Gap[]): KeyedEntry[] {
  const run: KeyedEntry[] = []
  for (let at = start; at < heard.length; at += 1) {
    const item = heard[at]
    const before = heard[at - 1]
    if (item === undefined || !isQuiet(item.entry, before?.entry)) break
    const previous = run.at(-1)
    if (previous !== undefined && hasBoundBetween(previous.entry.atMs, item.entry.atMs, gaps)) break
    run.push(item)
  }
  return run
}

function hasBoundBetween(fromMs: number, untilMs: number, gaps: readonly Gap[]): boolean {
  return gaps.some(
    (gap) =>
      (gap.fromMs > fromMs && gap.fromMs <= untilMs) ||
      (gap.untilMs !== null && gap.untilMs > fromMs && gap.untilMs <= untilMs),
  )
}

function isDuring(atMs: number, gaps: readonly Gap[]): boolean {
  return gaps.some((gap) => atMs >= gap.fromMs && (gap.untilMs === null || atMs < gap.untilMs))
}

function inOrder(heard: Moment[], gaps: readonly Gap[], passed: readonly Deadline[]): Moment[] {
  const moments = [...heard]
  for (const gap of gaps) moments.push({ atMs: gap.fromMs, place: 0, row: { kind: 'gap', ...gap } })
  for (const deadline of passed) moments.push({ atMs: deadline.atMs, place: 1, row: flagOf(deadline, true) })
  // Stable: entries of one instant keep the order of the history.
  return moments.sort((a, b) => a.atMs - b.atMs || a.place - b.place)
}

/** Says how long nothing came between the lines: beside the later one, or on a line of its own when it was long. */
function withPauses(moments: readonly Moment[]): TimelineRow[] {
  const rows: TimelineRow[] = []
  let lastMs: number | null = null
  for (const { atMs, row } of moments) {
    const pauseMs = lastMs === null ? null : Math.max(0, atMs - lastMs)
    const isIdle = pauseMs !== null && pauseMs >= IDLE_MS
    if (isIdle && lastMs !== null) {
      rows.push({ kind: 'idle', key: `idle ${row.key}`, fromMs: lastMs, untilMs: atMs })
    }
    rows.push(row.kind === 'entry' ? { ...row, sincePreviousMs: isIdle ? null : pauseMs } : row)
    lastMs = Math.max(lastMs ?? atMs, endOf(row, atMs))
  }
  return rows
}

/** Says the day before the first line of each, unless all is of today. */
function withDays(rows: readonly TimelineRow[], input: TimelineInput): TimelineRow[] {
  let current = input.dayOf(input.nowMs)
  return rows.flatMap((row) => {
    const atMs = row.kind === 'now' ? input.nowMs : startOf(row)
    const day = atMs === null ? current : input.dayOf(atMs)
    if (day === current) return [row]
    current = day
    return [{ kind: 'day', key: `day ${day}`, day }, row]
  })
}

function startOf(row: TimelineRow): number | null {
  if (row.kind === 'entry') return row.entry.atMs
  if (row.kind === 'quiet' || row.kind === 'gap') return row.fromMs
  return row.kind === 'deadline' ? row.deadline.atMs : null
}

function endOf(row: TimelineRow, atMs: number): number {
  if (row.kind === 'quiet') return row.untilMs
  if (row.kind === 'gap') return row.untilMs ?? atMs
  return atMs
}
