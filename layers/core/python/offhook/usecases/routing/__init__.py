"""Use cases of routing."""
