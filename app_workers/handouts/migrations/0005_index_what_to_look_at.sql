-- The first page asks for what is locked, what ends soon and what failed lately, among the packets of seven years.
CREATE INDEX generated_handouts_locked ON generated_handouts (location_id, access_locked_until)
    WHERE access_locked_until IS NOT NULL;
CREATE INDEX generated_handouts_by_end ON generated_handouts (location_id, qr_expires_at)
    WHERE qr_expires_at IS NOT NULL;
CREATE INDEX delivery_tracking_failed ON delivery_tracking (location_id, updated_at)
    WHERE status IN ('failed', 'bounced');

-- What refers to rows that go: without these, each deletion of a delivery or a file would read the whole table.
CREATE INDEX handout_links_by_delivery ON handout_links (delivery_id);
CREATE INDEX generated_handouts_by_file ON generated_handouts (pdf_upload_id);
