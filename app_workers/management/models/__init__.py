"""Records of the portal: the list of apps, the request forms, and the requests."""
