"""Simulated people: what they do when called and during a call."""
