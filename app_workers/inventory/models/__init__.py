"""Records of this app, by subject."""
