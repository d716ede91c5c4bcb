/**
 * What people put beside an intent, in columns that are filtered by. `tags` holds them in lower case, a line each, with a
 * line break before the first and after the last. Few intents have any, so the indexes hold only those, in the order of the
 * grid. Two more hold what needs a person: how much of it is silenced changes with time, so it is counted anew each time.
 */
export const remarks = `
ALTER TABLE intents ADD COLUMN note_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE intents ADD COLUMN tags TEXT;
ALTER TABLE intents ADD COLUMN silenced_until_ms INTEGER;

CREATE INDEX intents_noted ON intents (version) WHERE note_count > 0;
CREATE INDEX intents_tagged ON intents (version) WHERE tags IS NOT NULL;
CREATE INDEX intents_silenced ON intents (version) WHERE silenced_until_ms IS NOT NULL;
CREATE INDEX intents_contradicted ON intents (version) WHERE is_contradicted = 1;
CREATE INDEX intents_ended_at_risk ON intents (version) WHERE is_at_risk = 1 AND is_terminal = 1;
`
