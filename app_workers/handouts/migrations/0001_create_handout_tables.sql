-- Handout templates with their versions, and the packets that patients get: their deliveries, links and codes.
-- What holds patients' data says so; none of it stands in an address, a log line or an audit row.

-- The practice's own, the same at every location unless `location_ids_json` names some. One row is one version
-- of a family.
CREATE TABLE handout_templates (
    id TEXT PRIMARY KEY,
    family_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    category TEXT NOT NULL CHECK (category IN (
        'education', 'treatment', 'medication', 'pre_procedure', 'post_procedure'
    )),
    subcategory TEXT CHECK (subcategory IN (
        'skin_conditions', 'procedures', 'medications', 'infections', 'cancer_related'
    )),
    description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 500),
    template_type TEXT NOT NULL CHECK (template_type IN ('static', 'dynamic', 'conditional')),
    complexity INTEGER NOT NULL CHECK (complexity BETWEEN 1 AND 3),
    estimated_minutes INTEGER NOT NULL CHECK (estimated_minutes >= 1),
    content_json TEXT NOT NULL CHECK (json_valid(content_json)),
    rules_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(rules_json)),
    location_ids_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(location_ids_json)),
    tags_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags_json)),
    language TEXT NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'es')),
    digital_enabled INTEGER NOT NULL DEFAULT 1 CHECK (digital_enabled IN (0, 1)),
    clinical_review INTEGER NOT NULL DEFAULT 0 CHECK (clinical_review IN (0, 1)),
    status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN (
        'draft', 'pending_approval', 'approved', 'rejected', 'archived'
    )),
    submitted_by TEXT REFERENCES users (id),
    decided_by TEXT REFERENCES users (id),
    decided_at TEXT,
    decision_note TEXT CHECK (length(decision_note) <= 500),
    created_by TEXT NOT NULL REFERENCES users (id),
    updated_by TEXT NOT NULL REFERENCES users (id),
    lock_version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (family_id, version)
);
CREATE INDEX handout_templates_by_status ON handout_templates (status, category);
CREATE UNIQUE INDEX handout_templates_one_approved ON handout_templates (family_id) WHERE status = 'approved';
CREATE UNIQUE INDEX handout_templates_one_open ON handout_templates (family_id)
WHERE status IN ('draft', 'pending_approval', 'rejected');
CREATE UNIQUE INDEX handout_templates_approved_name ON handout_templates (name COLLATE NOCASE, language)
WHERE status = 'approved';

-- How often the approved templates have changed: `approved`. The number rises in the transaction of a change and
-- stands in the key of what the cache keeps (ganger/cache.py).
CREATE TABLE handout_generations (
    name TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 200),
    generation INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;

CREATE TRIGGER handout_templates_added AFTER INSERT ON handout_templates WHEN NEW.status = 'approved'
BEGIN
    INSERT INTO handout_generations (name) VALUES ('approved')
    ON CONFLICT (name) DO UPDATE SET generation = generation + 1;
END;
CREATE TRIGGER handout_templates_changed AFTER UPDATE ON handout_templates
WHEN NEW.status = 'approved' OR OLD.status = 'approved'
BEGIN
    INSERT INTO handout_generations (name) VALUES ('approved')
    ON CONFLICT (name) DO UPDATE SET generation = generation + 1;
END;

-- A packet: what one patient, or anybody, gets. Patients' data: `patient_*`, `answers_json`, `rendered_json`.
CREATE TABLE generated_handouts (
    id TEXT PRIMARY KEY,
    location_id TEXT NOT NULL REFERENCES locations (id),
    is_general INTEGER NOT NULL DEFAULT 0 CHECK (is_general IN (0, 1)),
    patient_mrn TEXT,
    patient_name TEXT,
    patient_dob TEXT,
    patient_email TEXT,
    patient_phone TEXT,
    patient_source TEXT NOT NULL CHECK (patient_source IN ('ehr', 'manual', 'none')),
    provider_name TEXT NOT NULL DEFAULT '' CHECK (length(provider_name) <= 120),
    templates_json TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(templates_json)),
    answers_json TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(answers_json)),
    rendered_json TEXT CHECK (json_valid(rendered_json)),
    status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'queued', 'ready', 'failed', 'revoked')),
    failure_code TEXT,
    digital_allowed INTEGER NOT NULL DEFAULT 0 CHECK (digital_allowed IN (0, 1)),
    pdf_upload_id TEXT REFERENCES file_uploads (id),
    pdf_sha256 TEXT,
    page_count INTEGER CHECK (page_count >= 1),
    pdf_bytes INTEGER CHECK (pdf_bytes >= 0),
    qr_code TEXT UNIQUE CHECK (length(qr_code) = 10),
    qr_expires_at TEXT,
    qr_scan_count INTEGER NOT NULL DEFAULT 0 CHECK (qr_scan_count >= 0),
    failed_checks INTEGER NOT NULL DEFAULT 0 CHECK (failed_checks >= 0),
    access_locked_until TEXT,
    print_count INTEGER NOT NULL DEFAULT 0 CHECK (print_count >= 0),
    last_printed_at TEXT,
    revoked_at TEXT,
    revoked_by TEXT REFERENCES users (id),
    revoke_reason TEXT CHECK (length(revoke_reason) BETWEEN 3 AND 200),
    generated_by TEXT NOT NULL REFERENCES users (id),
    generated_at TEXT,
    client_ref TEXT UNIQUE,
    lock_version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK (is_general = 1 OR status = 'draft' OR (patient_name IS NOT NULL AND patient_dob IS NOT NULL))
);
CREATE INDEX generated_handouts_by_patient ON generated_handouts (patient_mrn, generated_at);
CREATE INDEX generated_handouts_by_place ON generated_handouts (location_id, generated_at);
CREATE INDEX generated_handouts_by_status ON generated_handouts (status);

-- One row a requested delivery. `location_id` is the packet's, so that a statement says on its own whose rows it
-- means; so is that of links. Patients' data: `destination`.
CREATE TABLE delivery_tracking (
    id TEXT PRIMARY KEY,
    handout_id TEXT NOT NULL REFERENCES generated_handouts (id) ON DELETE CASCADE,
    location_id TEXT NOT NULL REFERENCES locations (id),
    channel TEXT NOT NULL CHECK (channel IN ('print', 'sms', 'email')),
    destination TEXT,
    contact_source TEXT CHECK (contact_source IN ('ehr', 'updated')),
    status TEXT NOT NULL CHECK (status IN (
        'printed', 'queued', 'sent', 'delivered', 'failed', 'bounced', 'cancelled'
    )),
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at TEXT,
    hub_message_id TEXT UNIQUE,
    failure_code TEXT,
    sent_at TEXT,
    delivered_at TEXT,
    opened_at TEXT,
    requested_by TEXT NOT NULL REFERENCES users (id),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK ((channel = 'print') = (destination IS NULL))
);
CREATE INDEX delivery_tracking_by_handout ON delivery_tracking (handout_id);
CREATE INDEX delivery_tracking_due ON delivery_tracking (status, next_attempt_at);

-- The token itself is kept nowhere: `token_hash` is its SHA-256 in hex.
CREATE TABLE handout_links (
    id TEXT PRIMARY KEY,
    handout_id TEXT NOT NULL REFERENCES generated_handouts (id) ON DELETE CASCADE,
    location_id TEXT NOT NULL REFERENCES locations (id),
    delivery_id TEXT REFERENCES delivery_tracking (id) ON DELETE CASCADE,
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'email', 'qr')),
    token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
    expires_at TEXT NOT NULL,
    max_opens INTEGER NOT NULL CHECK (max_opens >= 1),
    open_count INTEGER NOT NULL DEFAULT 0 CHECK (open_count BETWEEN 0 AND max_opens),
    first_opened_at TEXT,
    last_opened_at TEXT,
    revoked_at TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX handout_links_by_handout ON handout_links (handout_id);
CREATE INDEX handout_links_by_end ON handout_links (expires_at);

-- Codes on visit slips that lead to a patient. Patients' data: `patient_mrn`.
CREATE TABLE patient_codes (
    id TEXT PRIMARY KEY,
    location_id TEXT NOT NULL REFERENCES locations (id),
    code TEXT NOT NULL UNIQUE CHECK (length(code) = 13 AND code LIKE 'P%'),
    patient_mrn TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    scan_count INTEGER NOT NULL DEFAULT 0 CHECK (scan_count >= 0),
    last_scanned_at TEXT,
    revoked_at TEXT,
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX patient_codes_by_patient ON patient_codes (patient_mrn);
