"""The rules of inventory, as pure functions."""
