"""What the budgets of docs/performance.md measure; `python -m bench` runs all of it, `python -m bench.<name>` one."""
