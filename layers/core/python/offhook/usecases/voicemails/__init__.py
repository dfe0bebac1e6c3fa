"""Messages that callers leave: taken, kept as work of a queue, played, answered."""
