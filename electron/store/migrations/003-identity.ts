/**
 * Who this store is. `identity` is written once, `openings` first thing by every opening, and so into every write-ahead
 * log: where the two differ, the log beside the database is that of another store.
 */
export const identity = `
CREATE TABLE identity (
  store TEXT NOT NULL
) STRICT;

INSERT INTO identity VALUES (lower(hex(randomblob(16))));

CREATE TABLE openings (
  store TEXT NOT NULL,
  count INTEGER NOT NULL
) STRICT;

INSERT INTO openings SELECT store, 0 FROM identity;
`
