"""What is on its way to the location of a stock row, as parts of a query that names the row `level`."""

# Packs that are still to come of orders that are submitted and not over, in stock units.
ON_ORDER = """
    SELECT COALESCE(SUM((line.quantity_packs - line.received_packs - line.short_packs) * line.pack_size), 0)
    FROM purchase_order_lines AS line JOIN purchase_orders AS purchase ON purchase.id = line.order_id
    WHERE line.item_id = level.item_id AND line.location_id = level.location_id
        AND purchase.status IN ('pending_approval', 'approved', 'ordered', 'partially_received')
"""
INBOUND = """
    SELECT COALESCE(SUM(line.quantity), 0)
    FROM stock_transfers AS transfer JOIN stock_transfer_lines AS line ON line.transfer_id = transfer.id
    WHERE transfer.to_location_id = level.location_id AND transfer.status = 'in_transit'
        AND line.item_id = level.item_id
"""
