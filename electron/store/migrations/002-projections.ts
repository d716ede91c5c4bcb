/**
 * The projections: conclusions drawn from the journal. Every table here is emptied and filled again by a rebuild.
 * `intents` holds what is sorted, filtered and counted, `documents` the folded intent whole.
 */
export const projections = `
CREATE TABLE intents (
  id INTEGER PRIMARY KEY,
  console_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  connection INTEGER NOT NULL REFERENCES connections,
  system TEXT NOT NULL,
  phase TEXT NOT NULL,
  status TEXT NOT NULL,
  is_open INTEGER NOT NULL,
  is_terminal INTEGER NOT NULL,
  is_at_risk INTEGER NOT NULL,
  is_contradicted INTEGER NOT NULL,
  is_watched INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  phase_since_ms INTEGER NOT NULL,
  heard_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER,
  overdue_at_ms INTEGER,
  maker TEXT,
  solver TEXT,
  source_chain INTEGER,
  destination_chain INTEGER,
  source_token TEXT,
  destination_token TEXT,
  source_symbol TEXT,
  destination_symbol TEXT
) STRICT;

CREATE UNIQUE INDEX intents_by_version ON intents (version);
CREATE INDEX intents_by_creation ON intents (created_at_ms);
CREATE INDEX intents_by_phase_entry ON intents (phase_since_ms);
CREATE INDEX intents_by_phase ON intents (phase, version);
CREATE INDEX intents_by_connection ON intents (connection, version);
CREATE INDEX intents_open ON intents (connection, id) WHERE is_open = 1;
CREATE INDEX intents_overdue ON intents (overdue_at_ms, phase_since_ms) WHERE overdue_at_ms IS NOT NULL;

CREATE TABLE documents (
  intent INTEGER PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE facts (
  intent INTEGER NOT NULL,
  key BLOB NOT NULL,
  seq INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  emitted_at_ms INTEGER NOT NULL,
  received_at_ms INTEGER NOT NULL,
  times INTEGER NOT NULL,
  pushes INTEGER NOT NULL,
  PRIMARY KEY (intent, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE aliases (
  value TEXT NOT NULL,
  connection INTEGER NOT NULL,
  kind TEXT NOT NULL,
  intent INTEGER NOT NULL,
  PRIMARY KEY (value, connection)
) STRICT, WITHOUT ROWID;

CREATE INDEX aliases_by_intent ON aliases (intent);

CREATE TABLE mentions (
  value TEXT NOT NULL,
  kind TEXT NOT NULL,
  intent INTEGER NOT NULL,
  PRIMARY KEY (value, kind, intent)
) STRICT, WITHOUT ROWID;

CREATE TABLE deadlines (
  intent INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (intent, at_ms)
) STRICT, WITHOUT ROWID;

CREATE INDEX deadlines_by_time ON deadlines (at_ms);

CREATE TABLE counters (
  connection INTEGER NOT NULL,
  system TEXT NOT NULL,
  name TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (connection, system, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE samples (
  seq INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  connection INTEGER NOT NULL,
  series TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  system TEXT NOT NULL,
  ours TEXT NOT NULL,
  PRIMARY KEY (seq, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX samples_by_time ON samples (connection, series, at_ms);

CREATE TABLE gaps (
  id INTEGER PRIMARY KEY,
  connection INTEGER NOT NULL,
  opened_seq INTEGER NOT NULL,
  from_ms INTEGER NOT NULL,
  until_ms INTEGER,
  reason TEXT NOT NULL,
  is_recovered INTEGER NOT NULL DEFAULT 0,
  repaired_at_ms INTEGER,
  repaired_count INTEGER NOT NULL DEFAULT 0,
  repair_failed_count INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL
) STRICT;

CREATE INDEX gaps_by_connection ON gaps (connection, from_ms);
CREATE INDEX gaps_by_version ON gaps (version);

CREATE TABLE quarantine (
  seq INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  connection INTEGER NOT NULL,
  received_at_ms INTEGER NOT NULL,
  path TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (connection, seq, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX quarantine_by_time ON quarantine (connection, received_at_ms);

CREATE TABLE drops (
  connection INTEGER NOT NULL,
  kind TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (connection, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE drift (
  connection INTEGER NOT NULL,
  kind TEXT NOT NULL,
  place TEXT NOT NULL,
  what TEXT NOT NULL,
  count INTEGER NOT NULL,
  first_at_ms INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  PRIMARY KEY (connection, kind, place, what)
) STRICT, WITHOUT ROWID;

CREATE TABLE connection_log (
  seq INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  connection INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (connection, seq, ordinal)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (
  text, tokenize = 'trigram', content = '', contentless_delete = 1
);
`
