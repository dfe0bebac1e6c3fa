"""Exports: the owner asks for everything the tenant has, and fetches it."""

from chalice.app import Response
from msgspec import Struct

from offhook import wiring
from offhook.domain.tenants.permissions import Permission
from offhook.stores.exports import Exports
from offhook.usecases.exports.ask import begin, files_of, key_of_file, shown
from offhook.web.app import OffhookApp
from offhook.web.responses import accepted, listed, ok


class FileLink(Struct):
    """Where the file is, for five minutes."""

    url: str


def routes(app: OffhookApp) -> None:
    """/exports and the files of one."""

    @app.api("/exports", methods=["POST"], permission=Permission.TENANT_EXPORT)
    def ask() -> Response:
        """202; one export at a time."""
        by = app.identity().user_id
        return app.once(lambda: accepted(shown(begin(app.deps(), by), app.deps().clock.now())))

    @app.api("/exports", permission=Permission.TENANT_EXPORT)
    def exports() -> Response:
        """Those of the last seven days, the newest first."""
        deps = app.deps()
        return listed([shown(one, deps.clock.now()) for one in Exports(deps.items, deps.tenant.id).all()])

    @app.api("/exports/{export_id}", permission=Permission.TENANT_EXPORT)
    def export(export_id: str) -> Response:
        """How far it is; rows: how many of each kind."""
        deps = app.deps()
        return ok(shown(Exports(deps.items, deps.tenant.id).get(export_id), deps.clock.now()))

    @app.api("/exports/{export_id}/files", permission=Permission.TENANT_EXPORT)
    def files(export_id: str) -> Response:
        """Those of a finished export by name: ?limit=&cursor=."""
        cursors = app.cursors()
        page = cursors.page(app.query())
        found, after = files_of(app.deps(), export_id, page.after, page.limit)
        return ok(cursors.answer(found, after))

    @app.api("/exports/{export_id}/files/{name}", permission=Permission.TENANT_EXPORT)
    def file(export_id: str, name: str) -> Response:
        """A link, valid for five minutes; begin with the manifest, which names all files."""
        deps = app.deps()
        key = key_of_file(deps, export_id, name)
        return ok(FileLink(wiring.objects(deps.tenant).link(key)))
