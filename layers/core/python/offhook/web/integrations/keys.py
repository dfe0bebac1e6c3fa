"""API keys of the tenant's own programs."""

from functools import partial
from secrets import token_bytes

from chalice.app import Response

from offhook import wiring
from offhook.domain.integrations.api_keys import SECRET_CHARS
from offhook.domain.tenants.permissions import Permission
from offhook.usecases.integrations import keys
from offhook.usecases.integrations.keys import KeyText
from offhook.web.api_keys import pepper_of
from offhook.web.app import OffhookApp
from offhook.web.responses import created, listed, no_content, ok
from offhook.web.shown_once import shown_once


def routes(app: OffhookApp) -> None:
    """/keys and what is below."""

    @app.api("/keys", permission=Permission.KEYS_READ)
    def list_keys() -> Response:
        """All keys of the tenant, without their secrets."""
        return listed(keys.all_keys(app.deps()))

    @app.api("/keys", methods=["POST"], permission=Permission.KEYS_WRITE)
    def issue_key() -> Response:
        """A new key; its token is not shown again."""

        def make() -> tuple[Response, str]:
            text, by, chance = app.body(KeyText), app.identity(), token_bytes(SECRET_CHARS + 16)
            made = keys.issue(app.deps(), wiring.edge_items(), by, text, partial(pepper_of, by.tenant), chance)
            return created(made.key, f"/v1/integrations/keys/{made.key.id}"), made.token

        return shown_once(app, make, "token")

    @app.api("/keys/{key_id}", permission=Permission.KEYS_READ)
    def get_key(key_id: str) -> Response:
        """The key, without its secret."""
        return ok(keys.one_key(app.deps(), key_id))

    @app.api("/keys/{key_id}", methods=["DELETE"], permission=Permission.KEYS_WRITE)
    def revoke_key(key_id: str) -> Response:
        """The key counts no more."""
        keys.revoke(app.deps(), wiring.edge_items(), key_id)
        return no_content()
