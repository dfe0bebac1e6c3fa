"""The metric dictionary: one definition of each measure."""
