"""Exports: a tenant takes everything it has with it."""
