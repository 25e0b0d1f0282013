-- Files that are on their way to an item or a safety sheet, or were taken off one: they are removed later.
CREATE TABLE inventory_loose_files (
    file_upload_id TEXT PRIMARY KEY REFERENCES file_uploads (id) ON DELETE CASCADE,
    removed_after TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX inventory_loose_files_by_time ON inventory_loose_files (removed_after);
-- Whoever removes a file asks whether something has it.
CREATE INDEX inventory_items_by_image ON inventory_items (image_upload_id) WHERE image_upload_id IS NOT NULL;
CREATE INDEX safety_sheets_by_file ON safety_sheets (file_upload_id) WHERE file_upload_id IS NOT NULL;
