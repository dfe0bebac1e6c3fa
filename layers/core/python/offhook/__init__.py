"""Offhook: a cloud contact centre; this package is the shared Lambda layer."""

from offhook import startup as startup  # first: what is made after it is made sooner
