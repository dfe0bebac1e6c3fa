"""What things cost: usage records, the price book, and accounts that are a pure function of the set of records."""
