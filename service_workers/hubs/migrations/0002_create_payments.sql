-- Payments by card, as they stand at the provider, and what was given back. No card data but the last four digits.

CREATE TABLE hub_payments (
    id TEXT PRIMARY KEY,
    app TEXT NOT NULL,
    key TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CHECK (amount_cents BETWEEN 50 AND 500000),
    purpose TEXT NOT NULL CHECK (purpose IN ('copay', 'balance', 'deposit', 'fee')),
    record_id TEXT NOT NULL,
    location_id TEXT NOT NULL REFERENCES locations (id),
    status TEXT NOT NULL CHECK (status IN (
        'pending', 'processing', 'succeeded', 'failed', 'cancelled', 'partially_refunded', 'refunded'
    )),
    failure TEXT,
    reference TEXT UNIQUE,
    card_last4 TEXT CHECK (length(card_last4) = 4),
    refunded_cents INTEGER NOT NULL DEFAULT 0 CHECK (refunded_cents BETWEEN 0 AND amount_cents),
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (app, key)
);

-- What was asked back. One that the provider refused is `failed` and counts no more.
CREATE TABLE hub_refunds (
    id TEXT PRIMARY KEY,
    payment_id TEXT NOT NULL REFERENCES hub_payments (id),
    app TEXT NOT NULL,
    key TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    status TEXT NOT NULL CHECK (status IN ('asked', 'done', 'failed')),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (app, key)
);
CREATE INDEX hub_refunds_by_payment ON hub_refunds (payment_id);
