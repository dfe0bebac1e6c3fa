"""A tenant that can take calls at once: flow, queues, people, survey, customers; for demos, tests and the bench."""
