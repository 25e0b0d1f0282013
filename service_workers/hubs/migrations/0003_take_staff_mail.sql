-- Mails in an app's own words to people of the practice: another kind, whose words go with its destination.
-- The kinds stand in a CHECK, so the table is written anew, and that of its events, which refers to it.
CREATE TABLE kept_messages AS SELECT * FROM hub_messages;
CREATE TABLE kept_events AS SELECT * FROM hub_events;
DROP TABLE hub_events;
DROP TABLE hub_messages;

CREATE TABLE hub_messages (
    id TEXT PRIMARY KEY,
    app TEXT NOT NULL,
    key TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
    kind TEXT NOT NULL CHECK (kind IN ('handouts-ready', 'secure-page', 'checked-in', 'staff-mail')),
    content_hash TEXT NOT NULL,
    destination TEXT,
    link TEXT,
    valid_hours INTEGER,
    subject TEXT,
    text TEXT,
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
INSERT INTO hub_messages (
    id, app, key, channel, kind, content_hash, destination, link, valid_hours, record_id, location_id, status,
    failure, reference, attempts, next_try_at, first_given_at, claimed_at, expires_at, version, created_at,
    updated_at
) SELECT
    id, app, key, channel, kind, content_hash, destination, link, valid_hours, record_id, location_id, status,
    failure, reference, attempts, next_try_at, first_given_at, claimed_at, expires_at, version, created_at,
    updated_at
FROM kept_messages;

CREATE TABLE hub_events (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    app TEXT NOT NULL,
    message_id TEXT NOT NULL REFERENCES hub_messages (id),
    status TEXT NOT NULL,
    failure TEXT,
    at TEXT NOT NULL
);
CREATE INDEX hub_events_by_app ON hub_events (app, number);
INSERT INTO hub_events (number, app, message_id, status, failure, at)
SELECT number, app, message_id, status, failure, at FROM kept_events;

DROP TABLE kept_events;
DROP TABLE kept_messages;
