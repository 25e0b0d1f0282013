-- What the practice buys: orders to vendors, numbered by year.
CREATE TABLE order_counters (
    year TEXT PRIMARY KEY,
    last_number INTEGER NOT NULL CHECK (last_number > 0)
) WITHOUT ROWID;

CREATE TABLE purchase_orders (
    id TEXT PRIMARY KEY,
    order_number TEXT NOT NULL UNIQUE,
    vendor_id TEXT NOT NULL REFERENCES inventory_vendors (id),
    location_id TEXT NOT NULL REFERENCES locations (id),
    status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN (
        'draft', 'pending_approval', 'approved', 'ordered', 'partially_received', 'received', 'cancelled'
    )),
    subtotal_cents INTEGER NOT NULL DEFAULT 0 CHECK (subtotal_cents >= 0),
    tax_cents INTEGER NOT NULL DEFAULT 0 CHECK (tax_cents >= 0),
    shipping_cents INTEGER NOT NULL DEFAULT 0 CHECK (shipping_cents >= 0),
    total_cents INTEGER GENERATED ALWAYS AS (subtotal_cents + tax_cents + shipping_cents),
    expected_delivery_on TEXT,
    vendor_order_number TEXT CHECK (length(vendor_order_number) <= 100),
    tracking_number TEXT CHECK (length(tracking_number) <= 100),
    notes TEXT CHECK (length(notes) <= 1000),
    status_reason TEXT CHECK (length(status_reason) <= 500),
    created_by TEXT NOT NULL REFERENCES users (id),
    submitted_by TEXT REFERENCES users (id),
    approved_by TEXT REFERENCES users (id),
    ordered_by TEXT REFERENCES users (id),
    cancelled_by TEXT REFERENCES users (id),
    submitted_at TEXT,
    approved_at TEXT,
    ordered_at TEXT,
    received_at TEXT,
    cancelled_at TEXT,
    client_ref TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX purchase_orders_by_place ON purchase_orders (location_id, status, created_at);
CREATE INDEX purchase_orders_by_vendor ON purchase_orders (vendor_id);
-- One request may draft an order for each vendor; sent again it drafts none.
CREATE UNIQUE INDEX purchase_orders_by_client_ref ON purchase_orders (client_ref, vendor_id)
WHERE client_ref IS NOT NULL;

-- Name and price are those of the day. `location_id` is the order's, so that a statement says on its own
-- whose rows it means.
CREATE TABLE purchase_order_lines (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES purchase_orders (id) ON DELETE CASCADE,
    location_id TEXT NOT NULL REFERENCES locations (id),
    item_id TEXT NOT NULL REFERENCES inventory_items (id),
    item_name TEXT NOT NULL,
    vendor_sku TEXT,
    pack_size INTEGER NOT NULL CHECK (pack_size >= 1),
    pack_cost_cents INTEGER NOT NULL CHECK (pack_cost_cents >= 0),
    quantity_packs INTEGER NOT NULL CHECK (quantity_packs >= 1),
    received_packs INTEGER NOT NULL DEFAULT 0 CHECK (received_packs BETWEEN 0 AND quantity_packs),
    short_packs INTEGER NOT NULL DEFAULT 0 CHECK (short_packs BETWEEN 0 AND quantity_packs - received_packs),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (order_id, item_id)
);
CREATE INDEX purchase_order_lines_by_item ON purchase_order_lines (item_id, location_id);
