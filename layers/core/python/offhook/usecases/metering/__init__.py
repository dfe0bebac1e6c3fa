"""What tenants used, what they pay for it, what it costs us, and what keeps it within their budget."""
