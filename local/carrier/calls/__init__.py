"""The life of a leg: created, rung, answered, run by documents, over."""
