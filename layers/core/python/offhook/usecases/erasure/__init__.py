"""Erasures: of a tenant, of one person, and of what has been kept long enough."""
