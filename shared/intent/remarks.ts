import type { Learned } from './fact.ts'
import type { Intent } from './intent.ts'

/** What somebody wrote down about an intent. */
export interface Note {
  text: string
  who: string
  atMs: number
}

/** A wish not to be alarmed. */
export interface Silence {
  /** Epoch milliseconds; null: until the status changes. */
  untilMs: number | null
  reason: string
  who: string
  atMs: number
}

/** What people have put beside an intent. No system knows of it. */
export interface Remarks {
  /** Oldest first. */
  notes: Note[]
  /** As they were written, in the order in which they were first put on. */
  tags: string[]
  /** The last one that still holds for the present status, past or not; null when none does. */
  silence: Silence | null
}

/** A silence that lasts until the status changes, as an instant: later than any date that can be written. */
export const UNTIL_CHANGE_MS = 8_640_000_000_000_000

/** Under these names remarks stand among the parts of an intent; no system has such. */
const NOTES = 'operator notes'
const TAGS = 'operator tags'
const SILENCES = 'operator silences'
const ALARM = 'alarm'

/** What a note teaches; `name` tells it from all others. */
export function learnNote(name: string, { text, who, atMs }: Note): Learned {
  return { parts: { [NOTES]: { [name]: { text, who, atMs: String(atMs) } } } }
}

/** What a tag put on or taken off teaches; `name` is that of the tag, however its letters are written. */
export function learnTag(name: string, { tag, isSet }: { tag: string; isSet: boolean }): Learned {
  return { parts: { [TAGS]: { [name]: { tag, isSet: String(isSet) } } } }
}

/** What a silence teaches; it was given while `status` was the status, since `statusSinceMs`. */
export function learnSilence(silence: Silence & { status: string; statusSinceMs: number }): Learned {
  const { untilMs, reason, who, atMs, status, statusSinceMs } = silence
  const fields = {
    untilMs: untilMs === null ? '' : String(untilMs),
    reason,
    who,
    atMs: String(atMs),
    status,
    statusSinceMs: String(statusSinceMs),
  }
  return { parts: { [SILENCES]: { [ALARM]: fields } } }
}

/** What people have put beside an intent. */
export function remarksOf(intent: Pick<Intent, 'parts' | 'status' | 'phaseSinceMs'>): Remarks {
  return {
    notes: Object.values(intent.parts[NOTES] ?? {}).map(({ text, who, atMs }) => ({
      text: text ?? '',
      who: who ?? '',
      atMs: Number(atMs),
    })),
    tags: Object.values(intent.parts[TAGS] ?? {}).flatMap(({ tag, isSet }) =>
      tag === undefined || isSet !== 'true' ? [] : [tag],
    ),
    silence: silenceOf(intent),
  }
}

/** The form in which tags are compared: lower case, on one line. */
export function comparableTag(tag: string): string {
  return tag.trim().replace(/\s+/g, ' ').toLowerCase()
}

/** Until when an intent stays out of Attention; null when it does not. A time that is past silences nothing. */
export function silencedUntilMs({ silence }: Remarks): number | null {
  return silence === null ? null : (silence.untilMs ?? UNTIL_CHANGE_MS)
}

function silenceOf({
  parts,
  status,
  phaseSinceMs,
}: Pick<Intent, 'parts' | 'status' | 'phaseSinceMs'>): Silence | null {
  const said = parts[SILENCES]?.[ALARM]
  if (said === undefined) return null
  const untilMs = said['untilMs'] === '' ? null : Number(said['untilMs'])
  const isStill = said['status'] === status && Number(said['statusSinceMs']) === phaseSinceMs
  if (untilMs === null && !isStill) return null
  return { untilMs, reason: said['reason'] ?? '', who: said['who'] ?? '', atMs: Number(said['atMs']) }
}
