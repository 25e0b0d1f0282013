-- Audit rows get a number that says in which order they were committed, and seals that make any later
-- change of them evident. D1 carries out one transaction after the other and gives the numbers inside
-- them, so a row that comes late gets a later number, and there is no gap.
CREATE TABLE audit_logs_numbered (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT CHECK (sequence > 0),
    id TEXT NOT NULL UNIQUE,
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
INSERT INTO audit_logs_numbered (
    id, occurred_at, user_id, action, record_type, record_id, location_id, request_id, ip_address,
    justification, fields_json, is_authorized, is_minimum_necessary, is_consented
)
SELECT
    id, occurred_at, user_id, action, record_type, record_id, location_id, request_id, ip_address,
    justification, fields_json, is_authorized, is_minimum_necessary, is_consented
FROM audit_logs ORDER BY rowid;
DROP TABLE audit_logs;
ALTER TABLE audit_logs_numbered RENAME TO audit_logs;

CREATE INDEX audit_logs_by_record ON audit_logs (record_type, record_id, occurred_at);
CREATE INDEX audit_logs_by_user ON audit_logs (user_id, occurred_at);

CREATE TABLE audit_seals (
    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
    first_row INTEGER NOT NULL,
    last_row INTEGER NOT NULL,
    row_count INTEGER NOT NULL CHECK (row_count >= 0 AND row_count = last_row - first_row + 1),
    rows_hash TEXT NOT NULL CHECK (length(rows_hash) = 64),
    previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
    seal_hash TEXT NOT NULL UNIQUE CHECK (length(seal_hash) = 64),
    sealed_at TEXT NOT NULL,
    key_id TEXT NOT NULL,
    mac TEXT NOT NULL CHECK (length(mac) = 64)
);

CREATE TRIGGER audit_logs_never_change BEFORE UPDATE ON audit_logs
BEGIN
    SELECT RAISE (ABORT, 'audit_logs is append-only');
END;

CREATE TRIGGER audit_logs_never_vanish BEFORE DELETE ON audit_logs
BEGIN
    SELECT RAISE (ABORT, 'audit_logs is append-only');
END;

-- INSERT OR REPLACE removes the row in its way without asking the trigger above, for D1 has
-- recursive_triggers off.
CREATE TRIGGER audit_logs_never_replaced BEFORE INSERT ON audit_logs
WHEN EXISTS (SELECT 1 FROM audit_logs WHERE id = NEW.id OR sequence = NEW.sequence)
BEGIN
    SELECT RAISE (ABORT, 'audit_logs is append-only');
END;

CREATE TRIGGER audit_logs_without_gaps AFTER INSERT ON audit_logs
WHEN NEW.sequence > 1 AND NOT EXISTS (SELECT 1 FROM audit_logs WHERE sequence = NEW.sequence - 1)
BEGIN
    SELECT RAISE (ABORT, 'audit_logs is numbered without gaps');
END;

CREATE TRIGGER audit_seals_never_change BEFORE UPDATE ON audit_seals
BEGIN
    SELECT RAISE (ABORT, 'audit_seals is append-only');
END;

CREATE TRIGGER audit_seals_never_vanish BEFORE DELETE ON audit_seals
BEGIN
    SELECT RAISE (ABORT, 'audit_seals is append-only');
END;

CREATE TRIGGER audit_seals_never_replaced BEFORE INSERT ON audit_seals
WHEN EXISTS (SELECT 1 FROM audit_seals WHERE sequence = NEW.sequence OR seal_hash = NEW.seal_hash)
BEGIN
    SELECT RAISE (ABORT, 'audit_seals is append-only');
END;
