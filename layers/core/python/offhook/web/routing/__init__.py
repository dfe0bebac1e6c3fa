"""Routes of the routing function, by what they are about."""
