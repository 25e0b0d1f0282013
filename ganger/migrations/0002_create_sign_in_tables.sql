-- Which account at an identity provider is which person. An e-mail address can pass on to somebody else;
-- issuer and subject together never do.
CREATE TABLE user_identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    linked_at TEXT NOT NULL,
    linked_by TEXT NOT NULL REFERENCES users (id),
    PRIMARY KEY (issuer, subject)
) WITHOUT ROWID;
CREATE INDEX user_identities_by_user ON user_identities (user_id);

-- Accounts of the practice's domain that signed in before anybody linked them; one row each.
CREATE TABLE access_requests (
    id TEXT PRIMARY KEY,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'approved', 'refused')),
    requested_at TEXT NOT NULL,
    decided_at TEXT,
    decided_by TEXT REFERENCES users (id),
    UNIQUE (issuer, subject),
    CHECK ((status = 'pending') = (decided_at IS NULL))
);
CREATE INDEX access_requests_by_status ON access_requests (status, requested_at);

-- Sign-in attempts that were answered, by the SHA-256 of their state, until their cookie has run out anyway.
CREATE TABLE used_sign_in_attempts (
    mark TEXT PRIMARY KEY,
    ends_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX used_sign_in_attempts_by_end ON used_sign_in_attempts (ends_at);
