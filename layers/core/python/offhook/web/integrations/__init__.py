"""Groups of routes of the integrations function."""
