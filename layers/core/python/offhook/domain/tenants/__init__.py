"""Tenants and their context."""
