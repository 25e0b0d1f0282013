-- Items, their barcodes, and the ledger that says how many of each are where.
-- A quantity counts stock units (a box, a vial, one piece), as the item says.

-- One row per product for the whole practice.
CREATE TABLE inventory_items (
    id TEXT PRIMARY KEY,
    sku TEXT NOT NULL UNIQUE CHECK (length(sku) BETWEEN 1 AND 50 AND sku = upper(sku)),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    description TEXT CHECK (length(description) <= 1000),
    category TEXT NOT NULL CHECK (category IN (
        'gloves_ppe', 'wound_care', 'syringes', 'paper_products', 'antiseptics',
        'diagnostic_supplies', 'surgical_supplies', 'medications', 'other'
    )),
    stock_unit TEXT NOT NULL CHECK (stock_unit IN (
        'each', 'box', 'pack', 'bottle', 'vial', 'tube', 'roll', 'kit'
    )),
    unit_cost_cents INTEGER NOT NULL DEFAULT 0 CHECK (unit_cost_cents >= 0),
    is_lot_tracked INTEGER NOT NULL DEFAULT 0 CHECK (is_lot_tracked IN (0, 1)),
    is_hazardous INTEGER NOT NULL DEFAULT 0 CHECK (is_hazardous IN (0, 1)),
    is_controlled INTEGER NOT NULL DEFAULT 0 CHECK (is_controlled IN (0, 1)),
    image_upload_id TEXT REFERENCES file_uploads (id),
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'discontinued')),
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    -- A medicine or a controlled item can always be traced to its lot.
    CHECK (is_lot_tracked = 1 OR (is_controlled = 0 AND category <> 'medications'))
);
CREATE INDEX inventory_items_by_category ON inventory_items (category, status);
CREATE INDEX inventory_items_by_name ON inventory_items (name);

CREATE TABLE inventory_barcodes (
    barcode TEXT PRIMARY KEY CHECK (length(barcode) BETWEEN 1 AND 80),
    item_id TEXT NOT NULL REFERENCES inventory_items (id) ON DELETE CASCADE,
    units_per_scan INTEGER NOT NULL DEFAULT 1 CHECK (units_per_scan >= 1),
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX inventory_barcodes_by_item ON inventory_barcodes (item_id);

-- `version` rises with every change of the row or of its lots: whoever read an older one is told so.
CREATE TABLE inventory_stock (
    id TEXT PRIMARY KEY,
    item_id TEXT NOT NULL REFERENCES inventory_items (id),
    location_id TEXT NOT NULL REFERENCES locations (id),
    quantity_on_hand INTEGER NOT NULL DEFAULT 0 CHECK (quantity_on_hand >= 0),
    reorder_point INTEGER NOT NULL DEFAULT 0 CHECK (reorder_point >= 0),
    par_level INTEGER NOT NULL DEFAULT 0 CHECK (par_level >= reorder_point),
    storage_place TEXT CHECK (length(storage_place) <= 100),
    last_counted_at TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (item_id, location_id)
);
CREATE INDEX inventory_stock_by_location ON inventory_stock (location_id);

CREATE TABLE inventory_lots (
    id TEXT PRIMARY KEY,
    item_id TEXT NOT NULL REFERENCES inventory_items (id),
    location_id TEXT NOT NULL REFERENCES locations (id),
    lot_number TEXT NOT NULL CHECK (length(lot_number) BETWEEN 1 AND 40 AND lot_number = upper(lot_number)),
    expires_on TEXT,
    quantity INTEGER NOT NULL CHECK (quantity >= 0),
    status TEXT NOT NULL DEFAULT 'available' CHECK (status IN ('available', 'quarantined')),
    quarantine_reason TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (item_id, location_id, lot_number)
);
CREATE INDEX inventory_lots_by_expiry ON inventory_lots (expires_on) WHERE quantity > 0;
CREATE INDEX inventory_lots_by_number ON inventory_lots (lot_number);

-- The ledger. Stock is the sum of its movements, and for lot-tracked items of its lots.
CREATE TABLE stock_movements (
    id TEXT PRIMARY KEY,
    item_id TEXT NOT NULL REFERENCES inventory_items (id),
    location_id TEXT NOT NULL REFERENCES locations (id),
    lot_id TEXT REFERENCES inventory_lots (id),
    movement_type TEXT NOT NULL,
    quantity_change INTEGER NOT NULL,
    previous_quantity INTEGER NOT NULL,
    new_quantity INTEGER NOT NULL,
    unit_cost_cents INTEGER NOT NULL,
    reason_code TEXT,
    note TEXT CHECK (length(note) <= 500),
    reference_type TEXT CHECK (reference_type IN ('order', 'transfer', 'count')),
    reference_id TEXT,
    user_id TEXT NOT NULL REFERENCES users (id),
    witness_user_id TEXT REFERENCES users (id),
    client_ref TEXT,
    client_seq INTEGER NOT NULL DEFAULT 0,
    occurred_at TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CHECK (new_quantity = previous_quantity + quantity_change AND new_quantity >= 0),
    CHECK (CASE
        WHEN movement_type IN ('receipt', 'transfer_in') THEN quantity_change > 0
        WHEN movement_type IN ('usage', 'waste', 'transfer_out', 'vendor_return') THEN quantity_change < 0
        WHEN movement_type IN ('adjustment', 'count') THEN quantity_change <> 0
        ELSE 0
    END)
);
-- A request that is sent again finds its movement instead of writing a second one.
CREATE UNIQUE INDEX stock_movements_by_client_ref ON stock_movements (client_ref, client_seq)
WHERE client_ref IS NOT NULL;
CREATE INDEX stock_movements_by_stock ON stock_movements (item_id, location_id, created_at);
CREATE INDEX stock_movements_by_type ON stock_movements (movement_type, created_at);
CREATE INDEX stock_movements_by_reference ON stock_movements (reference_type, reference_id);
-- The ledger is read newest first, for one item or for all; sorting it would read all of it.
CREATE INDEX stock_movements_by_item ON stock_movements (item_id, created_at, id);
CREATE INDEX stock_movements_by_time ON stock_movements (created_at, id);

CREATE TRIGGER stock_movements_never_change BEFORE UPDATE ON stock_movements
BEGIN
    SELECT RAISE (ABORT, 'stock_movements is append-only');
END;

CREATE TRIGGER stock_movements_never_vanish BEFORE DELETE ON stock_movements
BEGIN
    SELECT RAISE (ABORT, 'stock_movements is append-only');
END;
