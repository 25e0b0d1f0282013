"""Medical Supply Inventory."""
