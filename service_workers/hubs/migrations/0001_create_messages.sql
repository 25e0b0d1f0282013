-- The outbox of the communication hub, what became of each message, and what people said of being written to.

-- One row for each message. `destination` and `link` go when the provider has it, or when it is given up.
CREATE TABLE hub_messages (
    id TEXT PRIMARY KEY,
    app TEXT NOT NULL,
    key TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
    kind TEXT NOT NULL CHECK (kind IN ('handouts-ready', 'secure-page', 'checked-in')),
    content_hash TEXT NOT NULL,
    destination TEXT,
    link TEXT,
    valid_hours INTEGER,
    record_id TEXT NOT NULL,
    location_id TEXT NOT NULL REFERENCES locations (id),
    status TEXT NOT NULL CHECK (status IN (
        'queued', 'sending', 'uncertain', 'sent', 'delivered', 'failed', 'bounced', 'cancelled'
    )),
    failure TEXT,
    reference TEXT UNIQUE,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT NOT NULL,
    first_given_at TEXT,
    claimed_at TEXT,
    expires_at TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (app, key),
    CHECK (destination IS NOT NULL OR status NOT IN ('queued', 'sending', 'uncertain'))
);
CREATE INDEX hub_messages_due ON hub_messages (next_try_at) WHERE status IN ('queued', 'sending', 'uncertain');

-- What apps read of their messages, in the order in which it happened.
CREATE TABLE hub_events (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    app TEXT NOT NULL,
    message_id TEXT NOT NULL REFERENCES hub_messages (id),
    status TEXT NOT NULL,
    failure TEXT,
    at TEXT NOT NULL
);
CREATE INDEX hub_events_by_app ON hub_events (app, number);

-- What a patient said, each time; the latest holds.
CREATE TABLE hub_consents (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    mrn TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
    consented INTEGER NOT NULL CHECK (consented IN (0, 1)),
    method TEXT NOT NULL CHECK (method IN ('verbal', 'written', 'digital', 'kiosk')),
    app TEXT NOT NULL,
    user_id TEXT NOT NULL,
    location_id TEXT NOT NULL REFERENCES locations (id),
    at TEXT NOT NULL
);
CREATE INDEX hub_consents_latest ON hub_consents (mrn, channel, number);

-- Who answered STOP, whatever a patient's record says, until they answer START.
CREATE TABLE hub_opt_outs (
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
    destination TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (channel, destination)
) WITHOUT ROWID;

-- Webhooks that were taken up, so that a copy of one does nothing.
CREATE TABLE hub_used_hooks (
    provider TEXT NOT NULL,
    event_id TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (provider, event_id)
) WITHOUT ROWID;
