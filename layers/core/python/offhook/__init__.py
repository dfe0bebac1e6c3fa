"""Offhook: a cloud contact centre; this package is the shared Lambda layer."""
