"""Stores: entities to keys and items, written once over the persistence port."""
