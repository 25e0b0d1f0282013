-- Counts: sessions of one location, what each is to count, and every scan that was made.

-- `last_scan_at` is when something was last counted, and before that when the session was started.
CREATE TABLE count_sessions (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    location_id TEXT NOT NULL REFERENCES locations (id),
    count_type TEXT NOT NULL CHECK (count_type IN ('full', 'cycle', 'spot')),
    categories_json TEXT CHECK (categories_json IS NULL OR json_valid(categories_json)),
    status TEXT NOT NULL DEFAULT 'in_progress' CHECK (status IN (
        'in_progress', 'submitted', 'posted', 'cancelled'
    )),
    started_by TEXT NOT NULL REFERENCES users (id),
    submitted_by TEXT REFERENCES users (id),
    posted_by TEXT REFERENCES users (id),
    submitted_at TEXT,
    posted_at TEXT,
    planned_entries INTEGER NOT NULL DEFAULT 0 CHECK (planned_entries >= 0),
    variance_value_cents INTEGER,
    notes TEXT CHECK (length(notes) <= 500),
    client_ref TEXT UNIQUE,
    last_scan_at TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK ((count_type = 'cycle') = (categories_json IS NOT NULL))
);
CREATE UNIQUE INDEX count_sessions_one_open_full ON count_sessions (location_id)
WHERE count_type = 'full' AND status IN ('in_progress', 'submitted');
CREATE INDEX count_sessions_by_location ON count_sessions (location_id, created_at);
-- For the job that ends sessions which nobody goes on with.
CREATE INDEX count_sessions_left ON count_sessions (last_scan_at)
WHERE count_type = 'spot' AND status = 'in_progress';

-- `location_id` is the session's, so that a statement says on its own whose rows it means. The scans with a
-- number above `counted_after` make up the count: what was judged once is counted anew from zero.
CREATE TABLE count_entries (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES count_sessions (id) ON DELETE CASCADE,
    location_id TEXT NOT NULL REFERENCES locations (id),
    item_id TEXT NOT NULL REFERENCES inventory_items (id),
    lot_id TEXT REFERENCES inventory_lots (id),
    expected_quantity INTEGER,
    counted_quantity INTEGER CHECK (counted_quantity >= 0),
    variance INTEGER GENERATED ALWAYS AS (counted_quantity - expected_quantity) VIRTUAL,
    status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN (
        'pending', 'counted', 'auto_approved', 'needs_approval', 'approved', 'recount', 'skipped', 'posted'
    )),
    counted_after INTEGER NOT NULL DEFAULT 0,
    counted_by TEXT REFERENCES users (id),
    counted_at TEXT,
    decided_by TEXT REFERENCES users (id),
    decided_at TEXT,
    note TEXT CHECK (length(note) <= 500),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK ((counted_quantity IS NULL) = (expected_quantity IS NULL)),
    CHECK (status IN ('pending', 'skipped') OR counted_quantity IS NOT NULL)
);
CREATE UNIQUE INDEX count_entries_by_session ON count_entries (session_id, item_id, COALESCE(lot_id, ''));

-- Numbered in the order of arrival: a `set` replaces what came before it. `batch_id` is one delivery of a
-- device, and `quantity` counts stock units.
CREATE TABLE count_scans (
    number INTEGER PRIMARY KEY,
    client_ref TEXT NOT NULL UNIQUE,
    session_id TEXT NOT NULL REFERENCES count_sessions (id) ON DELETE CASCADE,
    location_id TEXT NOT NULL REFERENCES locations (id),
    entry_id TEXT NOT NULL REFERENCES count_entries (id) ON DELETE CASCADE,
    batch_id TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity >= 0),
    mode TEXT NOT NULL CHECK (mode IN ('add', 'set')),
    manual INTEGER NOT NULL CHECK (manual IN (0, 1)),
    user_id TEXT NOT NULL REFERENCES users (id),
    scanned_at TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX count_scans_by_entry ON count_scans (entry_id, number);
CREATE INDEX count_scans_by_batch ON count_scans (batch_id, entry_id);
