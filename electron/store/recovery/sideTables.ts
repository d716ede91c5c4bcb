import { settingsSchema } from '../../../shared/api/settings.ts'
import type { Db } from '../database.ts'
import { Dictionary } from '../journal/dictionary.ts'
import type { Wreck } from './wreck.ts'

/** Copies what no event tells, as far as it can be read and makes sense; what is there already gives way. */
export function copySideTables(into: Db, wreck: Wreck): void {
  copySettings(into, wreck)
  copyWatched(into, wreck)
  copyRepeats(into, wreck)
  copyTraffic(into, wreck)
  copyRemovedIntents(into, wreck)
}

function copySettings(into: Db, wreck: Wreck): void {
  const put = into.prepare<[string, string]>('INSERT OR REPLACE INTO settings VALUES (?, ?)')
  for (const { name, value } of wreck.rows<{ name: string; value: string }>(
    'SELECT name, value FROM settings',
  )) {
    if (isSetting(name, value)) put.run(name, value)
  }
}

function isSetting(name: string, value: string): boolean {
  try {
    return settingsSchema.safeParse({ [name]: JSON.parse(value) as unknown }).success
  } catch {
    return false
  }
}

function copyWatched(into: Db, wreck: Wreck): void {
  const put = into.prepare<[string, string]>('INSERT OR IGNORE INTO watched VALUES (?, ?)')
  for (const { connection, id } of wreck.rows<{ connection: string; id: string }>(
    'SELECT connection, id FROM watched',
  ))
    put.run(connection, id)
}

function copyRepeats(into: Db, wreck: Wreck): void {
  const put = into.prepare<[number, number, number]>(
    `INSERT INTO repeats SELECT seq, ?, ? FROM raw_events WHERE seq = ?
     ON CONFLICT (seq) DO UPDATE SET count = excluded.count, last_at_ms = excluded.last_at_ms`,
  )
  const rows = wreck.rows<{ seq: number; count: number; atMs: number }>(
    'SELECT seq, count, last_at_ms AS atMs FROM repeats',
  )
  for (const { seq, count, atMs } of rows) if (areWhole(seq, count, atMs)) put.run(count, atMs, seq)
}

function copyTraffic(into: Db, wreck: Wreck): void {
  const dictionary = new Dictionary(into)
  const putCounts = into.prepare<[number, number, number | null, number]>(
    'UPDATE connections SET event_count = ?, repeat_count = ?, last_received_at_ms = ? WHERE id = ?',
  )
  const putMinute = into.prepare<[number, number, number]>('INSERT OR REPLACE INTO activity VALUES (?, ?, ?)')
  const counts = wreck.rows<{ name: string; events: number; repeats: number; atMs: number | null }>(
    'SELECT name, event_count AS events, repeat_count AS repeats, last_received_at_ms AS atMs FROM connections',
  )
  for (const { name, events, repeats, atMs } of counts) {
    if (areWhole(events, repeats, atMs ?? 0))
      putCounts.run(events, repeats, atMs, dictionary.connection(name))
  }
  const minutes = wreck.rows<{ name: string; minute: number; count: number }>(
    'SELECT c.name, a.minute, a.count FROM activity a JOIN connections c ON c.id = a.connection',
  )
  for (const { name, minute, count } of minutes) {
    if (areWhole(minute, count)) putMinute.run(dictionary.connection(name), minute, count)
  }
}

function copyRemovedIntents(into: Db, wreck: Wreck): void {
  const dictionary = new Dictionary(into)
  const put = into.prepare<[number, string, string, number]>(
    'INSERT OR REPLACE INTO removed_intents VALUES (?, ?, ?, ?)',
  )
  const rows = wreck.rows<{ name: string; system: string; phase: string; count: number }>(
    'SELECT c.name, r.system, r.phase, r.count FROM removed_intents r JOIN connections c ON c.id = r.connection',
  )
  for (const { name, system, phase, count } of rows) {
    if (areWhole(count)) put.run(dictionary.connection(name), system, phase, count)
  }
}

function areWhole(...numbers: number[]): boolean {
  return numbers.every(Number.isSafeInteger)
}
