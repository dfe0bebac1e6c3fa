"""Integrations: webhooks that leave, keys that come in, look-ups in other systems."""
