/**
 * The journal: what was heard, as it came. `raw_events` is append-only; what counts repetitions and traffic stands
 * beside it, since it cannot be won back from the events. Texts that recur are kept once, under small integers.
 */
export const journal = `
CREATE TABLE connections (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  event_count INTEGER NOT NULL DEFAULT 0,
  repeat_count INTEGER NOT NULL DEFAULT 0,
  last_received_at_ms INTEGER
) STRICT;

CREATE TABLE kinds (
  id INTEGER PRIMARY KEY,
  system TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (system, name)
) STRICT;

CREATE TABLE raw_events (
  seq INTEGER PRIMARY KEY,
  connection INTEGER NOT NULL REFERENCES connections,
  kind INTEGER NOT NULL REFERENCES kinds,
  origin INTEGER NOT NULL,
  received_at_ms INTEGER NOT NULL,
  is_sample INTEGER NOT NULL,
  payload TEXT NOT NULL,
  damage TEXT,
  dedupe INTEGER,
  checksum INTEGER NOT NULL,
  chain BLOB NOT NULL
) STRICT;

CREATE INDEX raw_events_by_content ON raw_events (dedupe) WHERE dedupe IS NOT NULL;

CREATE TRIGGER raw_events_never_change BEFORE UPDATE ON raw_events
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER raw_events_never_go BEFORE DELETE ON raw_events
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;

CREATE TABLE repeats (
  seq INTEGER PRIMARY KEY REFERENCES raw_events,
  count INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE activity (
  connection INTEGER NOT NULL REFERENCES connections,
  minute INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (connection, minute)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE watched (
  connection TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (connection, id)
) STRICT, WITHOUT ROWID;
`
