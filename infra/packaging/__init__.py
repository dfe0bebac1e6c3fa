"""Builds what is uploaded: the two layers and the package of each Chalice app."""
