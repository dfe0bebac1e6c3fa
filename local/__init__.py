"""What a laptop needs instead of an account."""
