-- The tables that every app relies on. Times are ISO 8601 UTC text, identifiers sortable text.

CREATE TABLE locations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    phone TEXT NOT NULL,
    is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);

CREATE TABLE location_configs (
    location_id TEXT NOT NULL REFERENCES locations (id),
    app_key TEXT NOT NULL,
    key TEXT NOT NULL,
    value_json TEXT NOT NULL CHECK (json_valid(value_json)),
    version INTEGER NOT NULL DEFAULT 1,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (location_id, app_key, key)
);

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    home_location_id TEXT NOT NULL REFERENCES locations (id),
    is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);

CREATE TABLE user_locations (
    user_id TEXT NOT NULL REFERENCES users (id),
    location_id TEXT NOT NULL REFERENCES locations (id),
    PRIMARY KEY (user_id, location_id)
) WITHOUT ROWID;

-- Exactly one base role a person.
CREATE TABLE user_roles (
    user_id TEXT PRIMARY KEY REFERENCES users (id),
    role TEXT NOT NULL CHECK (role IN ('staff', 'manager', 'superadmin')),
    granted_by TEXT REFERENCES users (id),
    granted_at TEXT NOT NULL
);

CREATE TABLE user_permissions (
    user_id TEXT NOT NULL REFERENCES users (id),
    permission TEXT NOT NULL,
    granted_by TEXT REFERENCES users (id),
    granted_at TEXT NOT NULL,
    expires_at TEXT,
    PRIMARY KEY (user_id, permission)
) WITHOUT ROWID;

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    method TEXT NOT NULL,
    started_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT
);
CREATE INDEX sessions_by_user ON sessions (user_id, ended_at);

CREATE TABLE audit_logs (
    id TEXT PRIMARY KEY,
    occurred_at TEXT NOT NULL,
    user_id TEXT,
    action TEXT NOT NULL,
    record_type TEXT NOT NULL,
    record_id TEXT NOT NULL,
    location_id TEXT,
    request_id TEXT NOT NULL,
    ip_address TEXT,
    justification TEXT,
    fields_json TEXT CHECK (fields_json IS NULL OR json_valid(fields_json)),
    is_authorized INTEGER NOT NULL DEFAULT 1 CHECK (is_authorized IN (0, 1)),
    is_minimum_necessary INTEGER NOT NULL DEFAULT 1 CHECK (is_minimum_necessary IN (0, 1)),
    is_consented INTEGER NOT NULL DEFAULT 0 CHECK (is_consented IN (0, 1))
);
CREATE INDEX audit_logs_by_record ON audit_logs (record_type, record_id, occurred_at);
CREATE INDEX audit_logs_by_user ON audit_logs (user_id, occurred_at);

CREATE TRIGGER audit_logs_never_change BEFORE UPDATE ON audit_logs
BEGIN
    SELECT RAISE (ABORT, 'audit_logs is append-only');
END;

CREATE TRIGGER audit_logs_never_vanish BEFORE DELETE ON audit_logs
BEGIN
    SELECT RAISE (ABORT, 'audit_logs is append-only');
END;

CREATE TABLE notifications (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    app_key TEXT NOT NULL,
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    link TEXT,
    read_at TEXT,
    created_at TEXT NOT NULL
);
CREATE INDEX notifications_by_user ON notifications (user_id, read_at, created_at);

CREATE TABLE file_uploads (
    id TEXT PRIMARY KEY,
    location_id TEXT REFERENCES locations (id),
    object_key TEXT NOT NULL UNIQUE,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
    sha256 TEXT NOT NULL,
    uploaded_by TEXT REFERENCES users (id),
    created_at TEXT NOT NULL
);

-- What a batch relies on. D1 has no interactive transaction, so a change states here what it read;
-- an expectation that no longer holds aborts the batch that it stands in. Nothing is ever stored.
CREATE VIEW expectations AS SELECT NULL AS name, NULL AS is_met WHERE 0;

CREATE TRIGGER expectations_hold INSTEAD OF INSERT ON expectations
WHEN NEW.is_met IS NOT 1
BEGIN
    SELECT RAISE (ABORT, 'EXPECTATION_FAILED: ' || NEW.name);
END;
