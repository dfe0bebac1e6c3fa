"""The operator desk: who may come to it, and its groups of routes."""
