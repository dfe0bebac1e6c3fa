"""An owner lets the platform's operators look at the tenant's contacts, for some hours, for a reason."""

from dataclasses import dataclass

from offhook.domain.errors import Forbidden
from offhook.domain.ids import Instant


class NotConsented(Forbidden):
    """The tenant's owner has not let operators in, or the time is over."""

    code = "access_not_granted"


@dataclass(frozen=True, slots=True)
class OperatorAccess:
    """The one consent of a tenant, the latest; until 0 = withdrawn."""

    id: str = "operators"
    version: int = 1
    until: Instant = 0
    reason: str = ""
    granted_by: str = ""

    def require(self, now: Instant) -> None:
        """Raise NotConsented unless it holds now."""
        if now >= self.until:
            raise NotConsented()
