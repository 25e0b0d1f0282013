"""Every SQL statement of this app."""
