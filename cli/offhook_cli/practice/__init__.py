"""Simulated people for practice and demos: agents at their desks, callers with their scripts."""
