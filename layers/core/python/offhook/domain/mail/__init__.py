"""Mail to people: what it says in each language, and the port that sends it."""
