-- How often the catalogue, and the stock of each location, have changed: `catalogue`, `stock.<location>`. The number
-- rises in the transaction of a change and stands in the key of what the cache keeps (ganger/cache.py), so that
-- nothing of before the change is found after it.
CREATE TABLE inventory_generations (
    name TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 200),
    generation INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;

CREATE TRIGGER inventory_stock_added AFTER INSERT ON inventory_stock
BEGIN
    INSERT INTO inventory_generations (name) VALUES ('stock.' || NEW.location_id)
    ON CONFLICT (name) DO UPDATE SET generation = generation + 1;
END;
-- Every change of a lot raises the version of its stock row in the same batch.
CREATE TRIGGER inventory_stock_changed AFTER UPDATE ON inventory_stock
BEGIN
    INSERT INTO inventory_generations (name) VALUES ('stock.' || NEW.location_id)
    ON CONFLICT (name) DO UPDATE SET generation = generation + 1;
END;

CREATE TRIGGER inventory_items_added AFTER INSERT ON inventory_items
BEGIN
    INSERT INTO inventory_generations (name) VALUES ('catalogue')
    ON CONFLICT (name) DO UPDATE SET generation = generation + 1;
END;
CREATE TRIGGER inventory_items_changed AFTER UPDATE ON inventory_items
BEGIN
    INSERT INTO inventory_generations (name) VALUES ('catalogue')
    ON CONFLICT (name) DO UPDATE SET generation = generation + 1;
END;
CREATE TRIGGER inventory_barcodes_added AFTER INSERT ON inventory_barcodes
BEGIN
    INSERT INTO inventory_generations (name) VALUES ('catalogue')
    ON CONFLICT (name) DO UPDATE SET generation = generation + 1;
END;
CREATE TRIGGER inventory_barcodes_changed AFTER UPDATE ON inventory_barcodes
BEGIN
    INSERT INTO inventory_generations (name) VALUES ('catalogue')
    ON CONFLICT (name) DO UPDATE SET generation = generation + 1;
END;
CREATE TRIGGER inventory_barcodes_removed AFTER DELETE ON inventory_barcodes
BEGIN
    INSERT INTO inventory_generations (name) VALUES ('catalogue')
    ON CONFLICT (name) DO UPDATE SET generation = generation + 1;
END;
