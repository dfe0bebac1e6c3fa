"""Requests of tenant A that name things of tenant B, and the judgement of what they were answered and left behind."""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from offhook import wiring
from offhook.adapters.memory.clock import SeededIds
from offhook.domain.customers.customer import Customer
from offhook.domain.ids import CustomerId, contact_id_for
from offhook.domain.routing.contact import ContactState
from offhook.domain.tenants.permissions import Role
from offhook.usecases.audit import heads
from offhook.web.testing import FORM, Response, event_for, sign

from tests.unit.isolation.centre import A, B, Centre, user
from tests.unit.isolation.rows import ROWS, Route, Row, Slot, is_webhook
from tests.world import checks
from tests.world.world import PUBLIC, app_of

ANONYMOUS, STRANGER, CARRIER = "", "user-of-nobody", "the carrier"
PEOPLE = (*(user(A, role) for role in Role), ANONYMOUS, STRANGER)
ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
KEY_OF_B, KEY_OF_NOBODY = "key-of-baker", "key-of-nobodyx"
ERASES: Route = ("customers", "POST", "/{customer_id}/erasure")
SIGNED = re.compile(r'"(next_cursor|token|secret)":"[^"]+"')  # over the query, over the time
Place = tuple[str, ...]  # ("path", "flow_id"), ("body", "queues", "0"), ("header", "X-Tenant-Id")


@dataclass(frozen=True)
class Probe:
    """One request: who, where, and which id stands at which place. beside: more places, with kind and id."""

    route: Route
    who: str
    place: Place
    kind: str
    value: str
    beside: tuple[tuple[Place, str, str], ...] = ()

    @property
    def given(self) -> tuple[tuple[Place, str, str], ...]:
        """All places with the kind of id that is given there, and the id."""
        return ((self.place, self.kind, self.value), *self.beside)

    def at(self, place: Place) -> str | None:
        """The id that is given at a place; None = whatever the row says."""
        return next((value for where, _, value in self.given if where == place), None)

    def __str__(self) -> str:
        given = ", ".join(f"{'.'.join(place)} = {kind} {value}" for place, kind, value in self.given)
        return f"{' '.join(self.route)} by {self.who or 'nobody'}: {given}"


def places(route: Route) -> Iterator[tuple[Place, str]]:
    """Every place of the route's requests that can carry an id, with the kind of id it expects."""
    row = ROWS[route]
    for part in ("path", "query", "form"):
        yield from (((part, name), kind) for name, kind in getattr(row, part).items() if kind in SHAPES)
    yield from _slots(row.body, ("body",))
    if is_webhook(route):
        yield ("form", "AccountSid"), "account"
    else:
        yield ("query", "tenant_id"), "tenant"
        yield ("header", "X-Tenant-Id"), "tenant"
        yield ("header", "Idempotency-Key"), "key"


def _slots(body: Any, at: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(body, Slot):
        yield at, body.kind
    inside = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for name, value in inside:
        yield from _slots(value, (*at, str(name)))


SHAPES: Mapping[str, str] = {
    "queue": "q_", "profile": "p_", "person": "a_", "flow": "f_", "calendar": "cal_", "survey": "su_",
    "endpoint": "we_", "delivery": "dl_", "api_key": "", "connector": "cn_", "port": "port_",
    "customer": "cu_", "contact": "c_", "offer": "o_", "session": "s_", "call": "CA", "recording": "RE",
    "export": "ex_", "incident": "i_", "retention_class": "rc_", "team": "team_", "set": "set_", "invitation": "inv_",
    "voicemail": "v_", "prompt": "pr_",
    "account": "AC", "number": "+1", "phone": "+1", "tenant": "t_", "user": "", "cursor": "", "key": "",
}  # fmt: skip


def nowhere(kind: str, like: str) -> str:
    """A well-formed id of the kind that exists nowhere."""
    if kind == "key":
        return KEY_OF_NOBODY
    if kind in ("number", "phone"):
        return "+1415599" + like[-4:]
    if kind == "cursor":
        return like[::-1]
    drawn = random.Random(like)
    head = next((p for p in sorted(set(SHAPES.values()), reverse=True) if p and like.startswith(p)), "")
    alphabet = "0123456789abcdef" if head in ("CA", "RE", "AC") else ALPHABET
    return head + "".join(drawn.choices(alphabet, k=len(like) - len(head)))


@dataclass
class Prober:
    """Sends probes to a centre, each from the same beginning."""

    centre: Centre

    def __post_init__(self) -> None:
        self.own = self._own()
        self.furnished = {kind: self.centre.foreign(kind) for kind in self.own}  # before B makes more
        self.cursors: dict[Route, list[str]] = {}
        self.absent: dict[tuple[object, ...], tuple[int, str, str]] = {}
        self._use_a_key_of_b()
        self.secrets = self.centre.secrets_of(B)

    def victims(self, route: Route, kind: str) -> list[str]:
        """B's ids that can stand where an id of this kind is expected."""
        if kind == "key":
            return [KEY_OF_B]
        if kind == "cursor":
            return self._cursors(route)
        return self.centre.foreign(kind)

    def probes(self, route: Route, people: tuple[str, ...] = PEOPLE) -> Iterator[Probe]:
        """Every identity, every place, every id of B of the right kind; the wrong kinds for the first identity."""
        who = (CARRIER,) if is_webhook(route) else people
        for place, kind in places(route):
            for value in self.victims(route, kind):
                yield from (Probe(route, one, place, kind, value) for one in who)
            for other in WRONG if kind not in ("cursor", "key") else ():
                if other != kind:
                    yield Probe(route, who[0], place, other, self.centre.foreign(other)[0])

    def drawn(self, chance: random.Random, routes: Sequence[Route]) -> Probe:
        """Any identity, up to three places at once, each with any id of B, mostly of the kind expected there."""
        route = chance.choice(routes)
        every = list(places(route))
        given = []
        for place, kind in chance.sample(every, min(len(every), chance.choice((1, 2, 2, 3)))):
            other = kind if kind in ("cursor", "key") or chance.random() < 0.7 else chance.choice(WRONG)
            ids = self.victims(route, other)
            given += [(place, other, chance.choice(ids))] if ids else []
        if not given:
            return self.drawn(chance, routes)
        who = CARRIER if is_webhook(route) else chance.choice(PEOPLE)
        return Probe(route, who, *given[0], tuple(given[1:]))

    def faults(self, probe: Probe) -> list[str]:
        """What is wrong with the answer or with what is left behind; nothing when A learns and changes nothing."""
        absent = self._absent(probe)
        answer = self.send(probe)
        told = self._told(probe, answer)
        found = self._leaks(probe, answer)
        if told != absent:
            found.append(f"the answer tells it from one that exists nowhere: {told} / {absent}")
        if answer.status >= 500:
            found.append(f"{answer.status} {answer.body}")
        return [f"{probe}: {fault}" for fault in found]

    def _absent(self, probe: Probe) -> tuple[int, str, str]:
        """What is told of a well-formed id that exists nowhere, in the same place."""
        shape = tuple((place, kind, len(value)) for place, kind, value in probe.given)
        same = (probe.route, probe.who, shape)
        if same not in self.absent:
            beside = tuple((place, kind, nowhere(kind, value)) for place, kind, value in probe.beside)
            other = replace(probe, value=nowhere(probe.kind, probe.value), beside=beside)
            self.absent[same] = self._told(other, self.send(other))
        return self.absent[same]

    def send(self, probe: Probe) -> Response:
        """The answer to the request, which was made from the centre's first state."""
        self.centre.rewind()
        return self._ask(self.request(probe))

    def request(self, probe: Probe) -> "Request":
        """The request as it would be sent."""
        row = ROWS[probe.route]
        area, method, pattern = probe.route
        filled = {part: self._filled(getattr(row, part), part, probe) for part in ("path", "query", "form")}
        headers: dict[str, str] = {}
        for place, _, value in probe.given:
            if place[0] in ("query", "form"):
                filled[place[0]][place[1]] = value
            if place[0] == "header":
                headers[place[1]] = value
        body = self._body(row.body, ("body",), probe)
        return Request(area, method, pattern, filled["path"], filled["query"], filled["form"], body, headers, probe.who,
                       _tag(row))  # fmt: skip

    def ask_as(self, who: str, route: Route, **query: str) -> Response:
        """An ordinary request with the ids of tenant A."""
        probe = Probe(route, who, ("none",), "", "")
        request = self.request(probe)
        return self._ask(replace(request, query={**request.query, **query}))

    def _ask(self, request: "Request") -> Response:
        form = dict(request.form)
        if form:
            form.setdefault("AccountSid", self.centre.sids[A])
            path = request.pattern.format_map(request.path)
            headers = {"X-Twilio-Signature": sign(form, f"{PUBLIC}/v1/{request.area}{path}", self.centre.tokens[A])}
            return _invoke(request, {"Content-Type": FORM, **headers}, urlencode(form))
        headers = {**request.headers, **({"If-Match": request.tag} if request.tag else {})}
        if request.who:
            headers["Authorization"] = f"Bearer {request.who}"
        if request.body is None:
            return _invoke(request, headers, None)
        return _invoke(request, {"Content-Type": "application/json", **headers}, json.dumps(request.body))

    def _filled(self, given: Mapping[str, str], part: str, probe: Probe) -> dict[str, str]:
        if part == "query":
            return {}
        return {name: probe.at((part, name)) or self.own.get(kind, kind) for name, kind in given.items()}

    def _body(self, body: Any, at: Place, probe: Probe) -> Any:
        if isinstance(body, Slot):
            return body.like.format(probe.at(at) or self.own[body.kind])
        if isinstance(body, dict):
            return {name: self._body(value, (*at, name), probe) for name, value in body.items()}
        if isinstance(body, list):
            return [self._body(value, (*at, str(n)), probe) for n, value in enumerate(body)]
        return body

    def _told(self, probe: Probe, answer: Response) -> tuple[int, str, str]:
        """Status, headers and body, without the id that was asked for and what is derived from it by its asker."""
        headers = str(sorted(answer.headers.items()))
        return answer.status, self._without(probe, headers), self._without(probe, answer.body)

    def _without(self, probe: Probe, text: str) -> str:
        for value in sorted((value for _, _, value in probe.given), key=len, reverse=True):  # one may be in another
            for form in (value, quote(value, safe=""), contact_id_for(A, value)):
                text = text.replace(form, "<asked>")
        return SIGNED.sub("<signed>", text)

    def _leaks(self, probe: Probe, answer: Response) -> list[str]:
        seen = f"{answer.headers} {answer.body} {self.centre.outside()}"
        asked = " ".join(value for _, _, value in probe.given)
        leaked = [one for one in self.secrets if one in seen and one not in asked]
        found = [f"{one} of B was seen" for one in leaked]
        return found if self.centre.unchanged(B) else [*found, "rows of B were changed"]

    def _own(self) -> dict[str, str]:
        """A's own ids, for the places that are not probed: of the conversation that is going on."""
        theirs = self.centre.ids[B]
        own = {k: next(i for i in ids if i not in theirs.get(k, [])) for k, ids in self.centre.ids[A].items()}
        with self.centre.world.within(A):
            talking = next(c for c in checks.contacts(self.centre.world, A) if c.state is ContactState.CONNECTED)
        assert talking.assignment is not None
        return {**own, "contact": talking.id, "offer": talking.assignment.offer_id, "call": talking.call_sid}

    def _cursors(self, route: Route) -> list[str]:
        if route not in self.cursors:
            self.centre.rewind()
            with self._as_b():
                body = self.ask_as(user(B, Role.OWNER), route, limit="1").json()
            self.cursors[route] = [body["next_cursor"]] if body.get("next_cursor") else []
        return self.cursors[route]

    @contextmanager
    def _as_b(self) -> Iterator[None]:
        """Requests inside name the things of B."""
        mine = self.own
        self.own = {kind: (self.furnished.get(kind) or [mine[kind]])[0] for kind in mine}
        yield
        self.own = mine

    def _use_a_key_of_b(self) -> None:
        """B has used an Idempotency-Key on every route that takes one; the end of B's trail is locked away.

        Whom B erases with it is a customer whom nothing else needs.
        """
        self.centre.rewind()
        self.centre.world.aws.ids = SeededIds(71)  # what B creates here has ids that no probe makes again
        with self.centre.world.within(B) as deps:
            spare = deps.customers.create(Customer(CustomerId(deps.ids.new("cu")), name="Spare")).id
        with self._as_b():
            known = self.own["customer"]
            for route in sorted(ROWS):
                if route[1] == "POST" and not is_webhook(route):
                    self.own["customer"] = spare if route == ERASES else known
                    probe = Probe(route, user(B, Role.OWNER), ("header", "Idempotency-Key"), "key", KEY_OF_B)
                    self._ask(self.request(probe))
        with self.centre.world.within(B) as deps:
            heads.seal(deps, wiring.head_vault(deps.tenant), wiring.notary())
        self.centre.keep()


@dataclass(frozen=True)
class Request:
    """A request before it is sent."""

    area: str
    method: str
    pattern: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    body: Any
    headers: Mapping[str, str]
    who: str
    tag: str


WRONG = ("flow", "queue", "contact", "person", "customer", "number", "tenant", "account", "user")


def _tag(row: Row) -> str:
    return ('"2"' if "flow_id" in row.path else '"1"') if row.tagged else ""


def _invoke(request: Request, headers: Mapping[str, str], body: str | None) -> Response:
    app = app_of(request.area)
    path = request.pattern.format_map({name: quote(value, safe="") for name, value in request.path.items()})
    query = f"?{urlencode(dict(request.query))}" if request.query else ""
    raw = app(event_for(app, request.method, path + query, body, headers), None)
    return Response(raw["statusCode"], raw["headers"], raw["body"])
