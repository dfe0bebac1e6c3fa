"""Interactive voice response: flow documents, their validation and their interpreter."""
