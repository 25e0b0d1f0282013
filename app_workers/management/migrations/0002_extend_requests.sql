-- Turns of support agents, payment of expenses, files of requests, and what lists and reports are read by.

ALTER TABLE tickets ADD COLUMN payment_reference TEXT CHECK (length(payment_reference) BETWEEN 1 AND 60);

CREATE INDEX tickets_by_form ON tickets (form_type, status);
CREATE INDEX tickets_by_creation ON tickets (created_at);
CREATE INDEX tickets_by_completion ON tickets (completed_at) WHERE completed_at IS NOT NULL;

-- When each support agent was last given a request; one who never was has no row.
CREATE TABLE support_rotation (
    user_id TEXT PRIMARY KEY REFERENCES users (id),
    last_assigned_at TEXT NOT NULL
) WITHOUT ROWID;

-- The files of requests. One that was removed is shown no more; what it was stays on record.
CREATE TABLE ticket_attachments (
    id TEXT PRIMARY KEY,
    ticket_id TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    file_upload_id TEXT NOT NULL UNIQUE REFERENCES file_uploads (id),
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'removed')),
    created_at TEXT NOT NULL
);
CREATE INDEX ticket_attachments_by_ticket ON ticket_attachments (ticket_id, status);

-- Uploads that no request has yet; one that is past its time is removed with its file.
CREATE TABLE unattached_uploads (
    file_upload_id TEXT PRIMARY KEY REFERENCES file_uploads (id) ON DELETE CASCADE,
    expires_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX unattached_uploads_by_expiry ON unattached_uploads (expires_at);
