-- When a packet was first opened by whoever has its code or link. Links are deleted a month after their end; reports
-- of later count by this.
ALTER TABLE generated_handouts ADD COLUMN first_opened_at TEXT;
UPDATE generated_handouts
SET first_opened_at = (
    SELECT MIN(link.first_opened_at) FROM handout_links AS link WHERE link.handout_id = generated_handouts.id
);

-- Lists go by when a packet was given out or, until then, begun.
CREATE INDEX generated_handouts_by_time ON generated_handouts (location_id, coalesce(generated_at, created_at));
