"""Use cases of ivr."""
