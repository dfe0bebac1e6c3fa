"""Three stacks: data that stays, the backend that changes, and the edge that names hosts."""
