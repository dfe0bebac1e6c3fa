"""What a tenant decides about supervision."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SupervisionRules:
    """private_listening: whether supervisors may choose that the agent is not shown who listens."""

    id: str = "rules"
    version: int = 0
    private_listening: bool = False
