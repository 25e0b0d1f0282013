-- How each staff app stands. The configuration app alone writes it; an app without a row is active. What is
-- fixed about an app, such as its mount and who is shown it, stands in the registry.
CREATE TABLE platform_applications (
    app_key TEXT PRIMARY KEY CHECK (length(app_key) BETWEEN 2 AND 31),
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'maintenance', 'disabled')),
    version INTEGER NOT NULL DEFAULT 1,
    updated_by TEXT REFERENCES users (id),
    updated_at TEXT NOT NULL
) WITHOUT ROWID;
