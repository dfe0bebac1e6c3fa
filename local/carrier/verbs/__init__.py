"""Each verb as a generator that plays its part in a leg's life."""
