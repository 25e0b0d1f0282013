-- Requests of staff, what was said about them and who decided them; and whom each person reports to.

CREATE TABLE staff_profiles (
    user_id TEXT PRIMARY KEY REFERENCES users (id),
    employee_id TEXT NOT NULL UNIQUE CHECK (length(employee_id) BETWEEN 1 AND 20),
    department TEXT NOT NULL CHECK (department IN (
        'administration', 'clinical', 'reception', 'billing', 'operations', 'it', 'marketing'
    )),
    position TEXT NOT NULL CHECK (length(position) BETWEEN 1 AND 100),
    manager_id TEXT REFERENCES users (id) CHECK (manager_id <> user_id),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX staff_profiles_by_manager ON staff_profiles (manager_id);

-- A request about a person has no location; `form_data` is the form as its record type has it.
CREATE TABLE tickets (
    id TEXT PRIMARY KEY,
    ticket_number TEXT NOT NULL UNIQUE,
    form_type TEXT NOT NULL CHECK (form_type IN (
        'support_ticket', 'time_off_request', 'punch_fix', 'change_of_availability',
        'expense_reimbursement', 'meeting_request', 'impact_filter'
    )),
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    description TEXT NOT NULL CHECK (length(description) <= 2000),
    form_data TEXT NOT NULL CHECK (json_valid(form_data)),
    submitter_id TEXT NOT NULL REFERENCES users (id),
    subject_user_id TEXT NOT NULL REFERENCES users (id),
    location_id TEXT REFERENCES locations (id),
    priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('urgent', 'high', 'normal', 'low')),
    status TEXT NOT NULL CHECK (status IN (
        'open', 'in_progress', 'stalled', 'completed', 'cancelled',
        'pending_approval', 'info_requested', 'approved', 'denied'
    )),
    approval_step INTEGER NOT NULL DEFAULT 0 CHECK (approval_step BETWEEN 0 AND approval_steps),
    approval_steps INTEGER NOT NULL DEFAULT 0 CHECK (approval_steps BETWEEN 0 AND 2),
    assigned_to TEXT REFERENCES users (id),
    assigned_at TEXT,
    due_at TEXT,
    approved_at TEXT,
    completed_at TEXT,
    completed_by TEXT REFERENCES users (id),
    denial_reason TEXT CHECK (length(denial_reason) BETWEEN 10 AND 500),
    client_ref TEXT CHECK (length(client_ref) BETWEEN 1 AND 100),
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (submitter_id, client_ref),
    CHECK (status <> 'denied' OR denial_reason IS NOT NULL)
);
CREATE INDEX tickets_by_status ON tickets (status, due_at);
CREATE INDEX tickets_by_submitter ON tickets (submitter_id, created_at);
CREATE INDEX tickets_by_subject ON tickets (subject_user_id, created_at);
CREATE INDEX tickets_by_assignee ON tickets (assigned_to, status);

-- The history of a request: what people said, and what happened.
CREATE TABLE ticket_comments (
    id TEXT PRIMARY KEY,
    ticket_id TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    author_id TEXT REFERENCES users (id),
    kind TEXT NOT NULL CHECK (kind IN ('comment', 'status_change', 'assignment', 'approval', 'system')),
    content TEXT NOT NULL CHECK (length(content) BETWEEN 1 AND 2000),
    is_internal INTEGER NOT NULL DEFAULT 0 CHECK (is_internal IN (0, 1)),
    old_status TEXT,
    new_status TEXT,
    created_at TEXT NOT NULL
);
CREATE INDEX ticket_comments_by_ticket ON ticket_comments (ticket_id, created_at);

CREATE TABLE ticket_approvals (
    id TEXT PRIMARY KEY,
    ticket_id TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    step INTEGER NOT NULL CHECK (step >= 1),
    approver_id TEXT NOT NULL REFERENCES users (id),
    action TEXT NOT NULL CHECK (action IN ('approved', 'denied', 'info_requested')),
    comments TEXT CHECK (length(comments) <= 500),
    created_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ticket_approvals_by_step ON ticket_approvals (ticket_id, step)
    WHERE action IN ('approved', 'denied');
CREATE INDEX ticket_approvals_by_approver ON ticket_approvals (ticket_id, approver_id);

-- The last number of each local year; a number is never given twice.
CREATE TABLE ticket_counters (
    year TEXT PRIMARY KEY CHECK (length(year) = 2),
    last_number INTEGER NOT NULL CHECK (last_number >= 1)
) WITHOUT ROWID;
