-- Lists stand in the order of name and id, and a search looks at name and SKU: one index has all of them, so that
-- neither sorts nor reads whole rows of what it does not show.
DROP INDEX inventory_items_by_name;
CREATE INDEX inventory_items_by_name ON inventory_items (name, id, sku);
