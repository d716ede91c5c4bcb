/**
 * The ledger: what operators had done outside, step by step. `action_steps` is append-only and chained; `lost_steps` names
 * what a salvage could not save, each with its link of the chain where that is known. `actions` is what the steps come to,
 * and its unique index is the lock: of one kind there is one open action on one subject.
 */
export const actions = `
CREATE TABLE action_steps (
  seq INTEGER PRIMARY KEY,
  action TEXT NOT NULL,
  kind TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  body TEXT NOT NULL,
  chain BLOB NOT NULL
) STRICT;

CREATE TRIGGER action_steps_never_change BEFORE UPDATE ON action_steps
BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER action_steps_never_go BEFORE DELETE ON action_steps
BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;

CREATE TABLE lost_steps (
  seq INTEGER PRIMARY KEY,
  chain BLOB
) STRICT;

CREATE TABLE actions (
  id TEXT PRIMARY KEY,
  first_seq INTEGER NOT NULL,
  connection TEXT NOT NULL,
  command TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  intent TEXT,
  state TEXT NOT NULL,
  is_open INTEGER NOT NULL,
  is_late INTEGER NOT NULL,
  opened_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX actions_one_open ON actions (connection, kind, subject) WHERE is_open = 1;
CREATE INDEX actions_late ON actions (first_seq) WHERE is_late = 1;
CREATE INDEX actions_by_urgency ON actions (is_open | is_late, first_seq);
CREATE INDEX actions_by_intent ON actions (intent, first_seq) WHERE intent IS NOT NULL;
`
