"""Customers and their contact history."""
