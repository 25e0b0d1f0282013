-- The first page asks for what is locked, what ends soon and what failed lately, among the packets of seven years.
CREATE INDEX generated_handouts_locked ON generated_handouts (location_id, access_locked_until)
    WHERE access_locked_until IS NOT NULL;
CREATE INDEX generated_handouts_by_end ON generated_handouts (location_id, qr_expires_at)
    WHERE qr_expires_at IS NOT NULL;
CREATE INDEX delivery_tracking_failed ON delivery_tracking (location_id, updated_at)
    WHERE status IN ('failed', 'bounced');
