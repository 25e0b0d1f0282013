"""The rules of this app, pure."""
