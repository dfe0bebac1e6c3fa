"""Conferences: joining, hearing, leaving, ending, and the events that tell of it."""
