-- What somebody has to look after; at most one alert of a kind is open for the same thing.
CREATE TABLE inventory_alerts (
    id TEXT PRIMARY KEY,
    alert_type TEXT NOT NULL CHECK (alert_type IN (
        'low_stock', 'out_of_stock', 'expiring', 'expired', 'overstock', 'sheet_missing'
    )),
    severity TEXT NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
    item_id TEXT NOT NULL REFERENCES inventory_items (id),
    location_id TEXT REFERENCES locations (id),
    lot_id TEXT REFERENCES inventory_lots (id),
    opened_at TEXT NOT NULL,
    acknowledged_by TEXT REFERENCES users (id),
    acknowledged_at TEXT,
    closed_at TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX inventory_alerts_open
ON inventory_alerts (item_id, alert_type, COALESCE(location_id, ''), COALESCE(lot_id, ''))
WHERE closed_at IS NULL;
CREATE INDEX inventory_alerts_by_location ON inventory_alerts (location_id, alert_type) WHERE closed_at IS NULL;
