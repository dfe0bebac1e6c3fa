"""Price books, usage and cost."""
