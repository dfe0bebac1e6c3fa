"""Recordings: what is recorded and when, what is left out, how long it is kept, and the proof that it is gone."""
