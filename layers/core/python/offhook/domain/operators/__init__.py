"""The people who run the platform: apart from every tenant's roles."""
