"""What each AWS service's requests say about the tenant they touch: one module per service."""
