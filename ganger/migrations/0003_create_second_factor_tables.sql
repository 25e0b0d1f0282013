-- Where and how long a session is used, the second factor, and how often somebody guessed at it.

ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT 'Other browser';
ALTER TABLE sessions ADD COLUMN first_address TEXT;
ALTER TABLE sessions ADD COLUMN last_address TEXT;
-- The session that took this one's place when its person's rights changed or a second factor was given.
ALTER TABLE sessions ADD COLUMN replaced_by TEXT REFERENCES sessions (id);
ALTER TABLE sessions ADD COLUMN stepped_up_until TEXT;

-- `secret_sealed` is `<key id>.<nonce>.<ciphertext>`, AES-256-GCM bound to the person.
CREATE TABLE second_factors (
    user_id TEXT PRIMARY KEY REFERENCES users (id),
    secret_sealed TEXT NOT NULL,
    -- The time step of the last accepted code: neither it nor one before counts again.
    last_step INTEGER NOT NULL CHECK (last_step >= 0),
    enrolled_at TEXT NOT NULL
);

-- A secret that was shown but not confirmed with a code yet.
CREATE TABLE second_factor_enrolments (
    user_id TEXT PRIMARY KEY REFERENCES users (id),
    secret_sealed TEXT NOT NULL,
    -- Whether it may take the place of a factor: its person had just proved to have that one.
    may_replace INTEGER NOT NULL CHECK (may_replace IN (0, 1)),
    expires_at TEXT NOT NULL
);

-- `digest` is SHA-256 of salt and code. A code has 80 random bits, so a fast hash does not help to guess it.
CREATE TABLE second_factor_recovery_codes (
    user_id TEXT NOT NULL REFERENCES users (id),
    salt TEXT NOT NULL,
    digest TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (user_id, digest)
);

-- Written before a code is looked at and removed when it was right: what stays are the wrong ones.
CREATE TABLE second_factor_attempts (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    attempted_at TEXT NOT NULL
);
CREATE INDEX second_factor_attempts_by_user ON second_factor_attempts (user_id, attempted_at);
