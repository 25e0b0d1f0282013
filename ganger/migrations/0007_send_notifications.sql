-- Notifications that go out too: by e-mail to the person's address, and by text message to the number beside it.
-- The communication hub takes what is `wanted` into its outbox, and forgets the number then.
ALTER TABLE notifications ADD COLUMN mail TEXT CHECK (mail IN ('wanted', 'taken'));
ALTER TABLE notifications ADD COLUMN text_to TEXT CHECK (text_to IS NULL OR mail = 'wanted');
CREATE INDEX notifications_to_send ON notifications (id) WHERE mail = 'wanted';
