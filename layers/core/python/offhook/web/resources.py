"""The five routes of a configured thing (list, create, get, change, delete), made from its class."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec
from chalice.app import Response

from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.tenants.permissions import Permission
from offhook.domain.tenants.scope import Scope
from offhook.stores.config import Configured, words_of
from offhook.web import responses, tenancy

if TYPE_CHECKING:
    from offhook.web.app import OffhookApp

C = TypeVar("C", bound=Configured)
SERVER_SET = frozenset({"id", "version"})


def by_everybody(_scope: Scope, _thing: object) -> bool:
    """It is nobody's in particular."""
    return True


@dataclass(frozen=True, slots=True)
class Resource(Generic[C]):
    """A configured class under a path.

    prefix: of new ids; check: raises InvalidInput naming the field; location: the public path;
    seen: whether somebody whose scope it is may see the thing at all; kept: fields that routes of their own change.
    """

    cls: type[C]
    path: str
    prefix: str
    read: Permission
    write: Permission
    check: Callable[[C], None]
    seen: Callable[[Scope, C], bool] = by_everybody
    kept: tuple[str, ...] = ()

    def register(self, app: "OffhookApp") -> None:
        """Add the routes to the app."""
        one = f"{self.path}/{{entity_id}}"
        app.api(self.path, methods=["GET"], permission=self.read)(lambda: self._list(app))
        app.api(self.path, methods=["POST"], permission=self.write)(lambda: self._create(app))
        app.api(one, methods=["GET"], permission=self.read)(lambda entity_id: self._get(app, entity_id))
        app.api(one, methods=["PUT"], permission=self.write)(lambda entity_id: self._change(app, entity_id))
        app.api(one, methods=["DELETE"], permission=self.write)(lambda entity_id: self._delete(app, entity_id))

    def _list(self, app: "OffhookApp") -> Response:
        scope, stored = app.identity().scope, tenancy.as_stored(app.deps())
        return responses.listed([one for one in stored.config.list(self.cls) if self.seen(scope, one)])

    def _create(self, app: "OffhookApp") -> Response:
        deps = app.deps()

        def create() -> Response:
            thing = self._parsed(app, deps.ids.new(self.prefix), 1)
            answer = responses.created(thing, f"/v1/{app.area}{self.path}/{thing.id}", version=thing.version)
            app.foretell(answer)
            deps.config.create(thing)
            return answer

        return app.once(create)

    def _get(self, app: "OffhookApp", entity_id: str) -> Response:
        thing = self._found(app, entity_id)
        return responses.ok(thing, version=thing.version)

    def _change(self, app: "OffhookApp", entity_id: str) -> Response:
        deps = app.deps()
        before = self._found(app, entity_id)
        kept = {name: getattr(before, name) for name in self.kept}
        given = self._parsed(app, entity_id, app.expected_version())
        thing = deps.config.change(replace(given, **kept))  # type: ignore[type-var]  # C is a dataclass
        return responses.ok(thing, version=thing.version)

    def _delete(self, app: "OffhookApp", entity_id: str) -> Response:
        deps = app.deps()
        self._found(app, entity_id)
        deps.config.delete(self.cls, entity_id)
        return responses.no_content()

    def _found(self, app: "OffhookApp", entity_id: str) -> C:
        thing = tenancy.as_stored(app.deps()).config.get(self.cls, entity_id)
        if not self.seen(app.identity().scope, thing):
            raise NotFound(f"There is no {words_of(self.cls)} with this id.")
        return thing

    def _parsed(self, app: "OffhookApp", entity_id: str, version: int) -> C:
        thing = parsed(self.cls, app.body(dict[str, Any]), id=entity_id, version=version)
        self.check(thing)
        return thing


def parsed(cls: type[C], body: Mapping[str, Any], **server_set: object) -> C:
    """The body as the class, with the fields the server sets; raises InvalidInput naming the field."""
    known = {f.name for f in fields(cls)}  # type: ignore[arg-type]  # configured things are dataclasses
    for name in body:
        if name not in known - SERVER_SET and name not in SERVER_SET:
            raise InvalidInput("field_unknown", field=f"$.{name}")
    try:
        return msgspec.convert({**body, **server_set}, cls)
    except msgspec.ValidationError as bad:
        from offhook.web.malformed import malformed

        raise malformed(bad) from bad
