-- What was tried from outside in the last minutes, by caller: a keyed hash of the network address, so that the
-- address itself is kept nowhere. `code` is a call with a code, `unknown` one whose code nobody has, `birth_date` a
-- date that was sent.
CREATE TABLE handout_tries (
    id INTEGER PRIMARY KEY,
    caller TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('code', 'unknown', 'birth_date')),
    tried_at TEXT NOT NULL
);
CREATE INDEX handout_tries_by_caller ON handout_tries (caller, kind, tried_at);
CREATE INDEX handout_tries_by_time ON handout_tries (tried_at);
