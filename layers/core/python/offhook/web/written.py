"""The routes of a thing that people write as a text, and that use cases of its own make, change and delete."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from chalice.app import Response

from offhook.domain.tenants.permissions import Permission
from offhook.stores.config import Configured
from offhook.web.responses import created, listed, no_content, ok

if TYPE_CHECKING:
    from offhook.usecases.deps import Deps
    from offhook.web.app import OffhookApp

C = TypeVar("C", bound=Configured)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Acts(Generic[C, T]):
    """cls: what is kept; text: what people write of it; the use cases, whose names the API's document has, too."""

    cls: type[C]
    text: type[T]
    create: "Callable[[Deps, T], C]"
    change: "Callable[[Deps, Any, int, T], C]"
    delete: "Callable[[Deps, Any], object] | None" = None


@dataclass(frozen=True, slots=True)
class Written(Generic[C, T]):
    """The thing under a path. noun: what its id is called after; acts: imports them, with the first request.

    words: what the API's document says of list, create, get, change and delete; one that is left out is no route.
    """

    path: str
    noun: str
    read: Permission
    write: Permission
    acts: Callable[[], Acts[C, T]]
    words: Mapping[str, str]

    def register(self, app: "OffhookApp") -> None:
        """Add the routes to the app."""
        one = f"{self.path.rstrip('/')}/{{{self.noun}_id}}"
        app.api(self.path, methods=["GET"], permission=self.read)(lambda: self._list(app))
        app.api(self.path, methods=["POST"], permission=self.write)(lambda: self._create(app))
        app.api(one, methods=["GET"], permission=self.read)(lambda **at: self._get(app, *at.values()))
        app.api(one, methods=["PUT"], permission=self.write)(lambda **at: self._change(app, *at.values()))
        if "delete" in self.words:
            app.api(one, methods=["DELETE"], permission=self.write)(lambda **at: self._delete(app, *at.values()))

    def _list(self, app: "OffhookApp") -> Response:
        return listed(app.deps().config.list(self.acts().cls))

    def _create(self, app: "OffhookApp") -> Response:
        acts = self.acts()

        def create() -> Response:
            made = acts.create(app.deps(), app.body(acts.text))
            return created(made, f"/v1/{app.area}{self.path.rstrip('/')}/{made.id}", version=made.version)

        return app.once(create)

    def _get(self, app: "OffhookApp", thing_id: str) -> Response:
        found = app.deps().config.get(self.acts().cls, thing_id)
        return ok(found, version=found.version)

    def _change(self, app: "OffhookApp", thing_id: str) -> Response:
        acts = self.acts()
        text, version = app.body(acts.text), app.expected_version()
        changed = acts.change(app.deps(), thing_id, version, text)
        return ok(changed, version=changed.version)

    def _delete(self, app: "OffhookApp", thing_id: str) -> Response:
        delete = self.acts().delete
        assert delete is not None, "A thing with words for deleting it can be deleted."
        delete(app.deps(), thing_id)
        return no_content()
