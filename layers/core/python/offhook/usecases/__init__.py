"""Use cases: load, decide in the domain, commit once."""
