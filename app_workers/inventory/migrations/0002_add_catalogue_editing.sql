-- Editing the catalogue: versions, vendors with their offers, and safety sheets.

-- What anyone on staff must find within seconds about a hazardous product.
CREATE TABLE safety_sheets (
    id TEXT PRIMARY KEY,
    product_name TEXT NOT NULL CHECK (length(product_name) BETWEEN 1 AND 200),
    manufacturer TEXT NOT NULL CHECK (length(manufacturer) BETWEEN 1 AND 200),
    chemical_name TEXT CHECK (length(chemical_name) <= 200),
    cas_number TEXT CHECK (length(cas_number) <= 12),
    hazard_classes_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(hazard_classes_json)),
    first_aid TEXT NOT NULL CHECK (length(first_aid) BETWEEN 1 AND 4000),
    precautions TEXT CHECK (length(precautions) <= 4000),
    emergency_procedures TEXT CHECK (length(emergency_procedures) <= 4000),
    file_upload_id TEXT REFERENCES file_uploads (id),
    issued_on TEXT,
    revision TEXT CHECK (length(revision) <= 50),
    verified_at TEXT NOT NULL,
    verified_by TEXT NOT NULL REFERENCES users (id),
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
-- Holds all that a search looks at, so that counting reads no sheet.
CREATE INDEX safety_sheets_by_product ON safety_sheets (product_name, id, chemical_name, cas_number);

ALTER TABLE inventory_items ADD COLUMN safety_sheet_id TEXT REFERENCES safety_sheets (id);
ALTER TABLE inventory_items ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE INDEX inventory_items_by_sheet ON inventory_items (safety_sheet_id) WHERE safety_sheet_id IS NOT NULL;

CREATE TABLE inventory_vendors (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 100),
    account_number TEXT CHECK (length(account_number) <= 50),
    order_url TEXT CHECK (length(order_url) <= 500),
    contact_email TEXT CHECK (length(contact_email) <= 200),
    contact_phone TEXT CHECK (length(contact_phone) <= 30),
    is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);

-- What a vendor sells an item for; `pack_size` is the stock units in one orderable pack.
CREATE TABLE item_vendors (
    id TEXT PRIMARY KEY,
    item_id TEXT NOT NULL REFERENCES inventory_items (id),
    vendor_id TEXT NOT NULL REFERENCES inventory_vendors (id),
    vendor_sku TEXT CHECK (length(vendor_sku) <= 50),
    pack_size INTEGER NOT NULL CHECK (pack_size >= 1),
    pack_cost_cents INTEGER NOT NULL CHECK (pack_cost_cents >= 0),
    min_order_packs INTEGER NOT NULL DEFAULT 1 CHECK (min_order_packs >= 1),
    lead_time_days INTEGER NOT NULL DEFAULT 3 CHECK (lead_time_days BETWEEN 0 AND 90),
    is_preferred INTEGER NOT NULL DEFAULT 0 CHECK (is_preferred IN (0, 1)),
    price_updated_at TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (item_id, vendor_id)
);
CREATE INDEX item_vendors_by_vendor ON item_vendors (vendor_id);
CREATE UNIQUE INDEX item_vendors_preferred ON item_vendors (item_id) WHERE is_preferred = 1;
