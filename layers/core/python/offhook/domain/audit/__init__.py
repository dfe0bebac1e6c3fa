"""Who did what in a tenant: entries that name their predecessor's hash, so that none can be changed unseen."""
