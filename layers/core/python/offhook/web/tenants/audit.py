"""The audit trail: reading it, and checking that it is whole."""

from collections.abc import Mapping

from chalice.app import Response

from offhook import wiring
from offhook.domain.errors import InvalidInput
from offhook.domain.tenants.permissions import Permission
from offhook.usecases import audit
from offhook.usecases.audit import heads
from offhook.web.app import OffhookApp
from offhook.web.responses import ok


def routes(app: OffhookApp) -> None:
    """/audit, /audit/heads, /audit/verification."""

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
        """Whether every entry is the one that was written, none is missing, and the locked heads are of this trail."""
        deps, notary = app.deps(), wiring.notary()
        return ok(audit.verify(deps, heads.chosen(wiring.head_vault(deps.tenant)), notary.check))

    @app.api("/audit/heads", permission=Permission.AUDIT_READ)
    def signed_heads() -> Response:
        """Ends of the trail as they were signed and locked away each hour, oldest first, and the key that signed."""
        cursors = app.cursors()
        asked = cursors.page(app.query())
        found = heads.page(wiring.head_vault(app.deps().tenant), _number(asked.after) or 0, asked.limit)
        body = cursors.answer(found, str(found[-1].number) if len(found) == asked.limit else None)
        return ok({**body, "public_key": wiring.notary().public_key()})


def _number(after: str) -> int | None:
    if not after:
        return None
    if not after.isdigit():
        raise InvalidInput("cursor_foreign", field="cursor")
    return int(after)


def _matches(query: Mapping[str, str], name: str, value: str) -> bool:
    return query.get(name, "").lower() in value.lower()
