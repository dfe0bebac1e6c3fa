"""A payment provider that speaks Stripe's API: for practice and tests, used through Stripe's own library."""
