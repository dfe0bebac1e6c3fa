"""Recordings: controlled, copied, played, kept, held and deleted."""
