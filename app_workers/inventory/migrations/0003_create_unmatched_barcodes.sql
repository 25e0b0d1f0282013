-- Codes that were scanned and lead to no item yet; a code that is linked or ignored stays, so that it is not asked again.
CREATE TABLE unmatched_barcodes (
    id TEXT PRIMARY KEY,
    barcode TEXT NOT NULL UNIQUE CHECK (length(barcode) BETWEEN 1 AND 80),
    raw_value TEXT NOT NULL CHECK (length(raw_value) <= 200),
    scan_count INTEGER NOT NULL DEFAULT 1 CHECK (scan_count >= 1),
    status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'resolved', 'ignored')),
    item_id TEXT REFERENCES inventory_items (id),
    resolved_by TEXT REFERENCES users (id),
    resolved_at TEXT,
    last_location_id TEXT NOT NULL REFERENCES locations (id),
    last_seen_at TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX unmatched_barcodes_by_status ON unmatched_barcodes (status, scan_count DESC, last_seen_at DESC);
