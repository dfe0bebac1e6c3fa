"""Telephone numbers: what the carrier sells, what a tenant has, where it may call."""
