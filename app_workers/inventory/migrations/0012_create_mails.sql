-- What goes out by e-mail to people of the practice, one row for each address, and what became of it.
-- `reference_id` is the order of a summary, or the day of a digest; `number` counts how often it was sent.
CREATE TABLE inventory_mails (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('order-summary', 'reorder-digest')),
    reference_id TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    location_id TEXT NOT NULL REFERENCES locations (id),
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'waiting' CHECK (status IN (
        'waiting', 'accepted', 'sent', 'delivered', 'failed', 'bounced'
    )),
    failure_code TEXT,
    hub_message_id TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_look_at TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (kind, reference_id, location_id, number, recipient)
);
CREATE INDEX inventory_mails_due ON inventory_mails (next_look_at) WHERE next_look_at IS NOT NULL;

-- When the hub first took the summary of an approved order.
ALTER TABLE purchase_orders ADD COLUMN summary_posted_at TEXT;
