-- Stock on its way from one location to another, numbered by year.
CREATE TABLE transfer_counters (
    year TEXT PRIMARY KEY,
    last_number INTEGER NOT NULL CHECK (last_number > 0)
) WITHOUT ROWID;

CREATE TABLE stock_transfers (
    id TEXT PRIMARY KEY,
    transfer_number TEXT NOT NULL UNIQUE,
    from_location_id TEXT NOT NULL REFERENCES locations (id),
    to_location_id TEXT NOT NULL REFERENCES locations (id),
    status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'in_transit', 'received', 'cancelled')),
    has_discrepancy INTEGER NOT NULL DEFAULT 0 CHECK (has_discrepancy IN (0, 1)),
    created_by TEXT NOT NULL REFERENCES users (id),
    shipped_by TEXT REFERENCES users (id),
    received_by TEXT REFERENCES users (id),
    shipped_at TEXT,
    received_at TEXT,
    note TEXT CHECK (length(note) <= 500),
    client_ref TEXT UNIQUE,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK (from_location_id <> to_location_id)
);
CREATE INDEX stock_transfers_out ON stock_transfers (from_location_id, status);
CREATE INDEX stock_transfers_in ON stock_transfers (to_location_id, status);

-- In a draft a line may leave its lot open; shipped, each stands for one lot of the source. `from_location_id`
-- is the transfer's, so that a statement says on its own whose rows it means.
CREATE TABLE stock_transfer_lines (
    id TEXT PRIMARY KEY,
    transfer_id TEXT NOT NULL REFERENCES stock_transfers (id) ON DELETE CASCADE,
    from_location_id TEXT NOT NULL REFERENCES locations (id),
    item_id TEXT NOT NULL REFERENCES inventory_items (id),
    lot_id TEXT REFERENCES inventory_lots (id),
    quantity INTEGER NOT NULL CHECK (quantity >= 1),
    received_quantity INTEGER CHECK (received_quantity BETWEEN 0 AND quantity),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX stock_transfer_lines_by_transfer
ON stock_transfer_lines (transfer_id, item_id, COALESCE(lot_id, ''));
