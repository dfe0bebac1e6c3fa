"""What `make run` does, one module a step: processes, deployment, demo tenant, warming, checks."""
