"""Routes of the analytics function, in groups."""
