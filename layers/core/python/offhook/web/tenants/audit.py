"""The audit trail: reading it, and checking that it is whole."""

from collections.abc import Mapping

from chalice.app import Response

from offhook.domain.errors import InvalidInput
from offhook.domain.tenants.permissions import Permission
from offhook.usecases import audit
from offhook.web.app import OffhookApp
from offhook.web.responses import ok


def routes(app: OffhookApp) -> None:
    """/audit, /audit/verification."""

    @app.api("/audit", permission=Permission.AUDIT_READ)
    def entries() -> Response:
        """Who did what, newest first: ?actor= and ?action= keep those that match."""
        cursors, query = app.cursors(), app.query()
        asked = cursors.page(query)
        found = audit.page(app.deps(), _number(asked.after), asked.limit)
        kept = [e for e in found if _matches(query, "actor", e.act.actor) and _matches(query, "action", e.act.action)]
        more = found and found[-1].number > 1
        return ok(cursors.answer(kept, str(found[-1].number) if more else None))

    @app.api("/audit/verification", permission=Permission.AUDIT_READ)
    def verification() -> Response:
        """Whether every entry is the one that was written, and none is missing."""
        return ok(audit.verify(app.deps()))


def _number(after: str) -> int | None:
    if not after:
        return None
    if not after.isdigit():
        raise InvalidInput("The cursor is not one of this list.", field="cursor")
    return int(after)


def _matches(query: Mapping[str, str], name: str, value: str) -> bool:
    return query.get(name, "").lower() in value.lower()
