"""Groups of routes of the ivr function."""
