-- Profiles as the directory shows them, and the launcher as each person has arranged it.

-- Anything of a profile may be known before the rest: people may give their phone number before anybody gives
-- them an employee number. SQLite cannot take NOT NULL off a column, so the table is made anew.
CREATE TABLE whole_staff_profiles (
    user_id TEXT PRIMARY KEY REFERENCES users (id),
    employee_id TEXT UNIQUE CHECK (length(employee_id) BETWEEN 1 AND 20),
    department TEXT CHECK (department IN (
        'administration', 'clinical', 'reception', 'billing', 'operations', 'it', 'marketing'
    )),
    position TEXT CHECK (length(position) BETWEEN 1 AND 100),
    phone TEXT CHECK (length(phone) BETWEEN 10 AND 21),
    bio TEXT CHECK (length(bio) BETWEEN 1 AND 500),
    skills TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(skills) AND json_array_length(skills) <= 20),
    -- None: somebody who works at several locations.
    home_location_id TEXT REFERENCES locations (id),
    manager_id TEXT REFERENCES users (id) CHECK (manager_id <> user_id),
    hire_date TEXT CHECK (length(hire_date) = 10),
    works_remote INTEGER NOT NULL DEFAULT 0 CHECK (works_remote IN (0, 1)),
    -- JSON as `<key id>.<nonce>.<ciphertext>`, AES-256-GCM bound to the person.
    emergency_contact_sealed TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
INSERT INTO whole_staff_profiles (
    user_id, employee_id, department, position, manager_id, created_at, updated_at
)
SELECT user_id, employee_id, department, position, manager_id, created_at, updated_at FROM staff_profiles;
DROP TABLE staff_profiles;
ALTER TABLE whole_staff_profiles RENAME TO staff_profiles;
CREATE INDEX staff_profiles_by_manager ON staff_profiles (manager_id);
CREATE INDEX staff_profiles_by_department ON staff_profiles (department);
CREATE INDEX staff_profiles_by_home_location ON staff_profiles (home_location_id);

-- At most eight a person, in this order. `app_key` is an app's id in the registry.
CREATE TABLE app_pins (
    user_id TEXT NOT NULL REFERENCES users (id),
    app_key TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 8),
    PRIMARY KEY (user_id, app_key),
    UNIQUE (user_id, position)
) WITHOUT ROWID;

CREATE TABLE app_launches (
    user_id TEXT NOT NULL REFERENCES users (id),
    app_key TEXT NOT NULL,
    launch_count INTEGER NOT NULL DEFAULT 1 CHECK (launch_count >= 1),
    last_launched_at TEXT NOT NULL,
    PRIMARY KEY (user_id, app_key)
) WITHOUT ROWID;
