"""The embedded AWS: MiniStack of one exact version, the repairs it needs, and its start and stop."""
