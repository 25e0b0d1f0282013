-- What each person has scanned last at a location, ten codes at most, so that they find it again.
CREATE TABLE recent_scans (
    user_id TEXT NOT NULL REFERENCES users (id),
    location_id TEXT NOT NULL REFERENCES locations (id),
    barcode TEXT NOT NULL,
    code TEXT NOT NULL,
    item_id TEXT REFERENCES inventory_items (id),
    scanned_at TEXT NOT NULL,
    PRIMARY KEY (user_id, location_id, barcode)
) WITHOUT ROWID;
CREATE INDEX recent_scans_by_item ON recent_scans (item_id);
