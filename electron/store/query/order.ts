import type { Sort } from '../store.ts'
import type { Condition } from './compile.ts'

/** A statement with its values. */
interface Asked {
  sql: string
  values: (string | number)[]
}

/** Columns of the orders that an index keeps as they are; ties by integer id, which never changes. */
const ORDERED_BY = {
  changed: { column: 'i.version', tie: null },
  created: { column: 'i.created_at_ms', tie: 'i.id' },
  phaseSince: { column: 'i.phase_since_ms', tie: 'i.id' },
} as const

/**
 * Statements that together list what matches, in order; the next is only needed where those before did not fill the
 * limit. The nearest deadline depends on the hour, so its order walks the deadlines that are still to come, and intents
 * that have none follow, newest change first.
 */
export function orderedStatements(
  columns: string,
  condition: Condition,
  { by, isAscending, nowMs }: Sort & { nowMs: number },
): Asked[] {
  const direction = isAscending ? 'ASC' : 'DESC'
  if (by === 'deadline') return byDeadline(columns, condition, { isReversed: isAscending, nowMs })
  const { column, tie } = ORDERED_BY[by]
  const order = [column, ...(tie === null ? [] : [tie])].map((name) => `${name} ${direction}`).join(', ')
  const sql = `SELECT ${columns} FROM intents i WHERE ${condition.sql} ORDER BY ${order} LIMIT ?`
  return [{ sql, values: condition.values }]
}

/** `isReversed`: the farthest first. */
function byDeadline(
  columns: string,
  { sql, values }: Condition,
  { isReversed, nowMs }: { isReversed: boolean; nowMs: number },
): Asked[] {
  const direction = isReversed ? 'DESC' : 'ASC'
  return [
    {
      sql: `SELECT ${columns} FROM deadlines d CROSS JOIN intents i ON i.id = d.intent
            WHERE d.at_ms >= ? AND ${sql} AND NOT EXISTS (
              SELECT 1 FROM deadlines e WHERE e.intent = d.intent AND e.at_ms >= ? AND e.at_ms < d.at_ms)
            ORDER BY d.at_ms ${direction}, d.intent ${direction} LIMIT ?`,
      values: [nowMs, ...values, nowMs],
    },
    {
      sql: `SELECT ${columns} FROM intents i
            WHERE ${sql} AND NOT EXISTS (SELECT 1 FROM deadlines e WHERE e.intent = i.id AND e.at_ms >= ?)
            ORDER BY i.version DESC LIMIT ?`,
      values: [...values, nowMs],
    },
  ]
}
