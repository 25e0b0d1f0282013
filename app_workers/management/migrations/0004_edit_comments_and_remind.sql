-- Comments that are edited, removed and sent once; and what people were reminded of.

ALTER TABLE ticket_comments ADD COLUMN edited_at TEXT;
ALTER TABLE ticket_comments ADD COLUMN deleted_at TEXT;
ALTER TABLE ticket_comments ADD COLUMN client_ref TEXT CHECK (length(client_ref) BETWEEN 1 AND 100);
CREATE UNIQUE INDEX ticket_comments_by_reference ON ticket_comments (author_id, client_ref)
    WHERE client_ref IS NOT NULL;

-- When people were last reminded of a request: that it is overdue, or that it has stalled.
CREATE TABLE ticket_reminders (
    ticket_id TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('overdue', 'stalled')),
    reminded_at TEXT NOT NULL,
    PRIMARY KEY (ticket_id, kind)
) WITHOUT ROWID;
