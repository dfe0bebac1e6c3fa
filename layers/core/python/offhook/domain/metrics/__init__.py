"""The metric dictionary: every measure defined once, as words, as SQL and as a Python function."""
