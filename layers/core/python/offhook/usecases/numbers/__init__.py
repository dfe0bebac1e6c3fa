"""Numbers of a tenant: found, bought, attached, ported, released, reconciled."""
