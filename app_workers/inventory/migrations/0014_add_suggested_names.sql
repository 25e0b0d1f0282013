-- What whoever scanned an unknown code says that it is, for whoever links it.
ALTER TABLE unmatched_barcodes ADD COLUMN suggested_name TEXT CHECK (length(suggested_name) <= 200);
