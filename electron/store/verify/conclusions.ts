/** An intent by its console id: the integers under which rows are kept depend on when an intent was first met. */
const WITH_INTENT = (table: string): string => `${table} t JOIN intents i ON i.id = t.intent`

/**
 * How every projection reads, in an order that does not depend on when its rows were written. Versions are left out:
 * they go on rising. Our counts beside readings from before the last removal are left out too: who was removed since
 * is not counted phase by phase.
 */
export const CONCLUSIONS: Readonly<Record<string, string>> = {
  intents: `SELECT console_id, connection, system, phase, status, is_open, is_terminal, is_at_risk, is_contradicted,
      is_watched, created_at_ms, updated_at_ms, phase_since_ms, heard_at_ms, ended_at_ms, overdue_at_ms, maker, solver,
      source_chain, destination_chain, source_token, destination_token, source_symbol, destination_symbol, note_count, tags,
      silenced_until_ms
    FROM intents ORDER BY console_id`,
  documents: `SELECT i.console_id, t.body FROM ${WITH_INTENT('documents')} ORDER BY 1`,
  facts: `SELECT i.console_id, hex(t.key) AS key, t.seq, t.ordinal, t.at_ms, t.emitted_at_ms, t.received_at_ms, t.times,
      t.pushes FROM ${WITH_INTENT('facts')} ORDER BY 1, 2`,
  aliases: `SELECT i.console_id, t.value, t.connection, t.kind FROM ${WITH_INTENT('aliases')} ORDER BY 2, 3`,
  mentions: `SELECT i.console_id, t.value, t.kind FROM ${WITH_INTENT('mentions')} ORDER BY 2, 3, 1`,
  deadlines: `SELECT i.console_id, t.at_ms FROM ${WITH_INTENT('deadlines')} ORDER BY 1, 2`,
  counters: 'SELECT * FROM counters WHERE count <> 0 ORDER BY connection, system, name',
  samples: `SELECT seq, ordinal, connection, series, at_ms, system,
      iif(seq > (SELECT coalesce(max(last_seq), 0) FROM removed_runs), ours, '') AS ours
    FROM samples ORDER BY seq, ordinal`,
  gaps: `SELECT connection, opened_seq, from_ms, until_ms, reason, is_recovered, repaired_at_ms, repaired_count,
      repair_failed_count FROM gaps ORDER BY connection, opened_seq, from_ms`,
  quarantine: 'SELECT * FROM quarantine ORDER BY connection, seq, ordinal',
  drops: 'SELECT * FROM drops ORDER BY connection, kind',
  drift: 'SELECT * FROM drift ORDER BY connection, kind, place, what',
  connection_log: 'SELECT * FROM connection_log ORDER BY connection, seq, ordinal',
  actions: 'SELECT * FROM actions ORDER BY id',
}
