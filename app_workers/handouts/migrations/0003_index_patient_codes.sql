-- Which request asked for a code, so that asking again makes no second one; and the codes of a location by time.
ALTER TABLE patient_codes ADD COLUMN client_ref TEXT CHECK (length(client_ref) BETWEEN 1 AND 100);
CREATE UNIQUE INDEX patient_codes_by_request ON patient_codes (created_by, client_ref);
CREATE INDEX patient_codes_by_place ON patient_codes (location_id, created_at);
