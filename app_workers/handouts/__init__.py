"""Patient Handouts Management."""
