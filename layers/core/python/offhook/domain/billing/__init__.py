"""What a tenant owes and pays: the provider as a port, and what its answers mean for us."""
