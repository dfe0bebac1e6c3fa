"""The Chalice application of every area: webhooks of the carrier, routes of the JSON API, workers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from chalice.app import APIGateway, Chalice, Request, Response

from offhook.domain.documents import Document
from offhook.domain.tenants.context import Identity
from offhook.domain.tenants.permissions import Permission
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.web import forms, tenancy
from offhook.web.carrier import CarrierRequest
from offhook.web.observability import invocation

if TYPE_CHECKING:
    from offhook.domain.operators.right import OperatorRight
    from offhook.web import json_api, paging, unmatched
else:
    json_api, paging, unmatched = lazily("offhook.web", "json_api", "paging", "unmatched")

T = TypeVar("T")
Right: TypeAlias = "Permission | OperatorRight"
View = Callable[..., Any]
Fallback = Callable[[CarrierRequest], Document | None]


class JsonApi(APIGateway):
    """`@app.api(...)`: Chalice keeps its API's settings under that name, so these settings can be called."""

    def __init__(self, app: "OffhookApp") -> None:
        super().__init__()
        self._app = app

    def __call__(
        self, path: str, methods: Sequence[str] = ("GET",), *, permission: Permission
    ) -> Callable[[View], View]:
        """A JSON route for people with the permission; the view returns a Response or a value."""
        return self._app.json_route(path, methods, permission)


class OffhookApp(Chalice):
    """One area's routes and workers; identity, tenant, errors and metrics are settled here, once for all.

    Requests live in context variables, so threads may share the app (Chalice alone would mix up their requests).
    """

    def __init__(self, area: str) -> None:
        """area: the first part of every path, /v1/<area>."""
        self._request: ContextVar[Request | None] = ContextVar(f"{area}.request", default=None)
        self._carrier: ContextVar[CarrierRequest | None] = ContextVar(f"{area}.carrier", default=None)
        self._caller: ContextVar[json_api.Caller | None] = ContextVar(f"{area}.caller", default=None)
        self.area = area
        self.permissions: dict[tuple[str, str], Right | None] = {}
        super().__init__(app_name=area, configure_logs=False)
        self.api: JsonApi = JsonApi(self)

    @property
    def current_request(self) -> Request | None:
        """The request of this thread."""
        return self._request.get()

    @current_request.setter
    def current_request(self, request: Request | None) -> None:
        self._request.set(request)

    def __call__(self, event: Any, context: Any) -> dict[str, Any]:
        """Answer one API Gateway event; what matches no route is answered as a problem."""
        with invocation(self.area, context, counted={"api_requests": 1}):
            asked = event.get("requestContext") or {}
            if asked.get("httpMethod") not in self.routes.get(asked.get("resourcePath", ""), {}):
                return unmatched.refusal(self.routes, asked).to_dict()
            answer: dict[str, Any] = super().__call__(event, context)
            return answer

    def webhook(self, path: str, *, fallback: Fallback | None = None) -> Callable[[View], View]:
        """A signed POST of the carrier; the view returns a document, or None for an empty one.

        fallback: what is answered when the view fails (default: spoken words; `silence` for status callbacks).
        """
        from offhook.web import webhooks

        def register(view: View) -> View:
            @wraps(view)
            def answer(**arguments: str) -> Response:
                return webhooks.answer(self, view, arguments, fallback or webhooks.apology)

            self.permissions[path, "POST"] = None
            self.route(path, methods=["POST"], content_types=[])(answer)
            return view

        return register

    def public(self, path: str, methods: Sequence[str]) -> Callable[[View], View]:
        """A JSON route without identity (signing in); app.identity() refuses there."""
        return self.json_route(path, methods, None)

    def operator(self, path: str, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
        """A JSON route for the platform's own people; to everybody else it is not there."""
        from offhook.domain.operators.right import OperatorRight

        return self.json_route(path, methods, OperatorRight.DESK)

    def carrier_request(self) -> CarrierRequest:
        """The verified webhook: tenant, parameters, stores."""
        return _present(self._carrier.get())

    def identity(self) -> Identity:
        """Who asks, in which tenant."""
        return self.caller().identity

    def deps(self) -> Deps:
        """The stores and ports of the caller's tenant."""
        return self.caller().deps

    def caller(self) -> "json_api.Caller":
        """Identity and stores together."""
        return _present(self._caller.get())

    def body(self, kind: type[T]) -> T:
        """The JSON body as that type; raises InvalidInput naming the field."""
        return json_api.decode_body(_present(self.current_request), kind)

    def file_body(self, kind: type[T]) -> T:
        """As body, for what carries a file: a field of bytes comes in base 64."""
        return json_api.decode_body(_present(self.current_request), kind, forms.MAX_FILE)

    def query(self) -> Mapping[str, str]:
        """The query parameters, the last value of each."""
        return dict(_present(self.current_request).query_params or {})

    def once(self, action: Callable[[], Any], *, repeatable: bool = False, outside: bool = False) -> Response:
        """Run the action; a request that repeats its Idempotency-Key gets the first answer again.

        The key is kept in the first commit of self.deps() that changes something. repeatable: the action goes on with
        what it began, so that it is run again after a crash; outside: its effect is no commit, so the key comes first.
        """
        request = _present(self.current_request)
        return json_api.once(request, self.caller(), action, repeatable=repeatable, outside=outside)

    def foretell(self, answer: Response) -> Response:
        """The same answer, kept with the commit that follows: not even a crash after it loses the answer."""
        json_api.foretell(self.caller(), answer)
        return answer

    def trying(self, kind: str, account: str, action: Callable[[], T]) -> T:
        """The action's result, if strangers may try once more from here and at that account; raises RateLimited."""
        from offhook.web import attempts

        return attempts.trying(_present(self.current_request), kind, account, action)

    def asking(self, kind: str, account: str) -> None:
        """Count one more of what costs us something whatever comes of it; raises RateLimited."""
        from offhook.web import attempts

        attempts.asking(_present(self.current_request), kind, account)

    def known(self, kind: str, subject: str) -> None:
        """Who asks showed what no stranger has: they count as that, not with their address; raises RateLimited."""
        from offhook.web import attempts

        attempts.known(_present(self.current_request), kind, subject)

    def cursors(self) -> "paging.Cursors":
        """The cursors of this route, tenant and filters."""
        request, tenant = _present(self.current_request), self.identity().tenant
        scope = paging.scope_of(tenant.id, f"{self.area}{request.path}", self.query())
        return paging.Cursors(tenancy.cursor_secret(tenant), scope, self.deps().clock.now())

    def expected_version(self) -> int:
        """The version of If-Match; raises PreconditionRequired without one."""
        return json_api.expected_version(_present(self.current_request))

    def document(self, view: View, request: CarrierRequest) -> Document | None:
        """Run a webhook's view on a verified request."""
        with _set(self._carrier, request):
            document: Document | None = view(**request.path)
            return document

    def respond(self, view: View, arguments: Mapping[str, str], caller: "json_api.Caller | None") -> Any:
        """Run a JSON route's view for a caller (None: nobody is signed in)."""
        with _set(self._caller, caller):
            return view(**arguments)

    def json_route(self, path: str, methods: Sequence[str], permission: "Right | None") -> Callable[[View], View]:
        """Register a JSON route; permission None = for everybody."""

        def register(view: View) -> View:
            @wraps(view)
            def answer(**arguments: str) -> Response:
                return json_api.answer(self, view, arguments, permission)

            self.permissions.update({(path, method): permission for method in methods})
            self.route(path, methods=list(methods), content_types=[])(answer)
            return view

        return register


@contextmanager
def _set(variable: ContextVar[T], value: T) -> Iterator[None]:
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)


def _present(value: T | None) -> T:
    if value is None:
        raise RuntimeError("This is only there inside a view of the right kind.")
    return value
