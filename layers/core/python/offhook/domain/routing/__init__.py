"""Automatic call distribution: contacts, agents, offers and their matching."""
