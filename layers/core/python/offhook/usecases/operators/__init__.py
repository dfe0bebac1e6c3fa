"""What operators see of tenants."""
