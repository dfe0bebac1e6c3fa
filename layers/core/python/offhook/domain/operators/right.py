"""What the platform's own people may ask for; no role of a tenant holds it."""

from enum import StrEnum


class OperatorRight(StrEnum):
    """One thing an operator may do."""

    DESK = "operator.desk"
