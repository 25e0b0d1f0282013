-- A review of a component of the interface library. Reviews are never changed: a later one takes its place.
CREATE TABLE component_reviews (
    id TEXT PRIMARY KEY,
    component TEXT NOT NULL CHECK (length(component) BETWEEN 1 AND 60),
    version TEXT NOT NULL CHECK (length(version) BETWEEN 1 AND 20),
    checks TEXT NOT NULL CHECK (json_valid(checks)),
    result TEXT NOT NULL CHECK (result IN ('pass', 'fail')),
    notes TEXT CHECK (length(notes) BETWEEN 1 AND 1000),
    reviewer_id TEXT NOT NULL REFERENCES users (id),
    client_ref TEXT CHECK (length(client_ref) BETWEEN 1 AND 100),
    created_at TEXT NOT NULL,
    UNIQUE (reviewer_id, client_ref),
    CHECK (result = 'pass' OR notes IS NOT NULL)
);
CREATE INDEX component_reviews_by_component ON component_reviews (component, created_at);
CREATE INDEX component_reviews_by_time ON component_reviews (created_at);
