-- What the practice has set for all locations; `location_configs` has what one location has of its own. The
-- configuration app alone writes either. Names, bounds and defaults are the apps' (ganger/settings.py).
CREATE TABLE platform_settings (
    app_key TEXT NOT NULL CHECK (length(app_key) BETWEEN 2 AND 31),
    key TEXT NOT NULL,
    value_json TEXT NOT NULL CHECK (json_valid(value_json)),
    version INTEGER NOT NULL DEFAULT 1,
    updated_by TEXT REFERENCES users (id),
    updated_at TEXT NOT NULL,
    PRIMARY KEY (app_key, key)
) WITHOUT ROWID;
