-- When a packet was first opened by whoever has its code or link. Links are deleted a month after their end; reports
-- of later count by this.
ALTER TABLE generated_handouts ADD COLUMN first_opened_at TEXT;
UPDATE generated_handouts
SET first_opened_at = (
    SELECT MIN(link.first_opened_at) FROM handout_links AS link WHERE link.handout_id = generated_handouts.id
);
