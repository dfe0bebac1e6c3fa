"""The routes of the tenants function, one module for each group."""
