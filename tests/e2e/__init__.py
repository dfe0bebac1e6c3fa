"""Tests of the whole local system from outside."""
