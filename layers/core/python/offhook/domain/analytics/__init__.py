"""Live counters, reports and alerts."""
