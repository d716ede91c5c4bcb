import { z } from 'zod'
import type { Db } from '../database.ts'
import { originNumber } from '../journal/rows.ts'

const anchorSchema = z.object({ seq: z.number().int().positive(), hash: z.hex().length(64) })

/** A step that the journal tells of, with the hash that it had. */
export type Anchor = z.infer<typeof anchorSchema>

/** Every step that the journal tells of: its own chain holds the hashes, so nobody rewrites the ledger alone. */
export function anchorsIn(db: Db): Anchor[] {
  return db
    .prepare<[number], string>(
      `SELECT payload FROM raw_events WHERE origin = ?
         AND kind = (SELECT id FROM kinds WHERE system = 'console' AND name = 'actionStepped') ORDER BY seq`,
    )
    .pluck()
    .all(originNumber('operator'))
    .flatMap(anchorOf)
}

/** None in an event that is not of this version's making. */
function anchorOf(payload: string): Anchor[] {
  try {
    return [anchorSchema.parse(JSON.parse(payload))]
  } catch {
    return []
  }
}
