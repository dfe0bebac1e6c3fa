"""Calling customers back: asked for, kept in line, dialled, and what becomes of it."""
