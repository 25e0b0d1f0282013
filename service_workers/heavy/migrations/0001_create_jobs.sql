-- Work away from the request path. A job is what an app asks for at once; each of its steps is one message of the
-- queue and makes one file.
CREATE TABLE heavy_jobs (
    id TEXT PRIMARY KEY,
    app_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    idempotency_key TEXT NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 100),
    -- Of what was asked, so that a key that comes again with something else is noticed.
    asked_sha256 TEXT NOT NULL,
    requested_by TEXT NOT NULL, -- a user, or 'system'
    location_id TEXT REFERENCES locations (id),
    is_kept INTEGER NOT NULL CHECK (is_kept IN (0, 1)),
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed')),
    total INTEGER NOT NULL CHECK (total >= 1),
    done INTEGER NOT NULL DEFAULT 0 CHECK (done BETWEEN 0 AND total),
    failed INTEGER NOT NULL DEFAULT 0 CHECK (failed BETWEEN 0 AND total),
    failure_code TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    expires_at TEXT, -- set when it has ended
    UNIQUE (app_key, idempotency_key)
);
CREATE INDEX heavy_jobs_by_expiry ON heavy_jobs (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE heavy_job_steps (
    job_id TEXT NOT NULL REFERENCES heavy_jobs (id),
    position INTEGER NOT NULL CHECK (position >= 1),
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed')),
    -- May hold patients' data, and is emptied when the step has ended.
    params_json TEXT CHECK (params_json IS NULL OR json_valid(params_json)),
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Known from the start, so that a step that is done again writes the same row and the same object.
    upload_id TEXT NOT NULL UNIQUE,
    pages INTEGER,
    failure_code TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (job_id, position)
);
CREATE INDEX heavy_job_steps_by_state ON heavy_job_steps (state, updated_at);
