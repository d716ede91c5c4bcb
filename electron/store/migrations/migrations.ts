import { journal } from './001-journal.ts'
import { projections } from './002-projections.ts'
import { identity } from './003-identity.ts'
import { removals } from './004-removals.ts'
import { actions } from './005-actions.ts'
import { remarks } from './006-remarks.ts'

/** Steps from an empty database to this version, in order; the n-th leads to `user_version` n. Never change one that was released. */
export const MIGRATIONS: readonly string[] = [journal, projections, identity, removals, actions, remarks]

/** Tables that a rebuild empties and fills again. */
export const PROJECTION_TABLES = [
  'intents',
  'documents',
  'facts',
  'aliases',
  'mentions',
  'deadlines',
  'counters',
  'samples',
  'gaps',
  'quarantine',
  'drops',
  'drift',
  'connection_log',
] as const
