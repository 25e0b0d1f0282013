-- The tile of open orders is kept by the cache until an order of the location changes: `orders.<location>`
-- (0005_drop_cached_values.sql).
CREATE TRIGGER purchase_orders_added AFTER INSERT ON purchase_orders
BEGIN
    INSERT INTO inventory_generations (name) VALUES ('orders.' || NEW.location_id)
    ON CONFLICT (name) DO UPDATE SET generation = generation + 1;
END;
CREATE TRIGGER purchase_orders_changed AFTER UPDATE ON purchase_orders
BEGIN
    INSERT INTO inventory_generations (name) VALUES ('orders.' || NEW.location_id)
    ON CONFLICT (name) DO UPDATE SET generation = generation + 1;
END;
