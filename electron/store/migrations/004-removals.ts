/**
 * What is not in the journal any more. A run of removed events keeps the last link of their chain, so that the rest can
 * still be verified; `removed_intents` counts what they said, so that our counts beside old readings stay what they
 * were. Only what was written down as removed can be deleted. Intents are kept in a shorter form since: concluded anew.
 */
export const removals = `
CREATE TABLE removed_runs (
  first_seq INTEGER PRIMARY KEY,
  last_seq INTEGER NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('retained', 'lost')),
  chain_after BLOB NOT NULL,
  removed_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE removed_intents (
  connection INTEGER NOT NULL REFERENCES connections,
  system TEXT NOT NULL,
  phase TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (connection, system, phase)
) STRICT, WITHOUT ROWID;

DROP TRIGGER raw_events_never_go;

CREATE TRIGGER raw_events_never_go BEFORE DELETE ON raw_events
WHEN NOT EXISTS (
  SELECT 1 FROM removed_runs
  WHERE first_seq = (SELECT max(first_seq) FROM removed_runs WHERE first_seq <= old.seq) AND last_seq >= old.seq
)
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;

INSERT INTO meta SELECT 'isStale', 1 WHERE EXISTS (SELECT 1 FROM raw_events);
`
