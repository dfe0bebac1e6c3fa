"""Idempotency-Key: a request sent again within a day gets the first answer instead of a second effect.

The record of the key is a part of the commit that has the effect: there is no moment at which one is there alone.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256

import msgspec
from chalice.app import Response

from offhook.domain.errors import CarrierUncertain, InvalidInput, OffhookError, StillRunning, StoreUnavailable
from offhook.domain.ids import DAY, MINUTE, Instant
from offhook.domain.storage import CommitConflict, Delete, Item, Key, Put, Table
from offhook.stores.keys import tenant_prefix
from offhook.stores.once_items import OnceItems
from offhook.usecases.deps import Deps
from offhook.web import responses
from offhook.web.errors import AnswerLost, KeyReused

MAX_KEY = 255
LONGEST_RUN = MINUTE  # no request runs longer; a reservation older than this was left by a crash


class Kept(msgspec.Struct, array_like=True):
    """What is stored of a request: the digest of its body, and its answer. status 0 = it has had no effect yet.

    begun: it has had an effect and may still be running; then the answer is the one for whoever asks too late.
    """

    fingerprint: str
    status: int = 0
    headers: dict[str, str] = {}
    body: str = ""
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request that carries a key. scope: method and route; items: its way to the tenant's items.

    repeatable: the action finds what it did itself, so that it is run again after a crash; outside: its effect is no
    commit, so that the record comes before it.
    """

    deps: Deps
    items: OnceItems
    scope: str
    key: str
    body: bytes
    repeatable: bool = False
    outside: bool = False

    def once(self, action: Callable[[], Response]) -> Response:
        """Run the action, or give the stored answer; raises StillRunning and KeyReused.

        An action that fails before it had an effect leaves no trace, so that it can be tried again.
        """
        reserved = self.deps.clock.now()
        try:
            self._write(Kept(self._fingerprint()), version=reserved, expect=0)
        except CommitConflict:
            return self._again(action)
        return self._run(action, reserved)

    def _again(self, action: Callable[[], Response]) -> Response:
        item = self.items.items.get(self._at())
        if item is None:
            raise StillRunning()
        kept, now = _read(item), self.deps.clock.now()
        if kept.fingerprint != self._fingerprint():
            raise KeyReused()
        if (kept.begun or not kept.status) and item.version + LONGEST_RUN > now:
            raise StillRunning()
        if kept.status:
            return Response(kept.body, {**kept.headers, "Idempotency-Replayed": "true"}, kept.status)
        try:
            self._write(Kept(self._fingerprint()), version=now, expect=item.version)
        except CommitConflict as lost:
            raise StillRunning() from lost
        return self._run(action, now)

    def _run(self, action: Callable[[], Response], reserved: Instant) -> Response:
        self._arm(reserved)
        try:
            answer = action()
        except BaseException as error:
            self._failed(reserved, error)
            raise
        if answer.status_code >= 500:
            self._failed(reserved)
        elif not self._is_answered():
            self._keep(answer, reserved)
        return answer

    def _arm(self, reserved: Instant) -> None:
        if self.repeatable:
            return
        begun = _kept(self._fingerprint(), responses.problem(AnswerLost()), begun=True)
        record = self.items.record = self._put(begun, version=reserved + 1, expect=reserved)
        if self.outside:
            self.items.items.commit(record)
            self.items.kept = True

    def _failed(self, reserved: Instant, error: BaseException | None = None) -> None:
        """Before the effect: as if it had never been asked. After it: never again, whatever the answer would have been.

        A commit whose answer was lost may have had the effect all the same; then the record is there and stays.
        """
        refused = isinstance(error, OffhookError) and not isinstance(error, CarrierUncertain | StoreUnavailable)
        with suppress(CommitConflict):
            if not self.items.kept:
                self.items.items.commit(Delete(self._at(), expect=reserved))
            elif self.outside and refused:
                self.items.items.commit(Delete(self._at(), expect=reserved + 1))
            elif not self._is_answered():
                self._keep(_told(error), reserved)

    def _is_answered(self) -> bool:
        record = self.items.record
        return self.items.kept and record is not None and not _read(record.item).begun

    def _keep(self, answer: Response, reserved: Instant) -> None:
        expect = reserved + 1 if self.items.kept else reserved
        self._write(_kept(self._fingerprint(), answer), version=expect + 1, expect=expect)

    def _write(self, kept: Kept, *, version: int, expect: int) -> None:
        self.items.items.commit(self._put(kept, version=version, expect=expect))

    def _put(self, kept: Kept, *, version: int, expect: int) -> Put:
        expires_at = self.deps.clock.now() + DAY
        item = Item(self._at(), version=version, body=msgspec.json.encode(kept), expires_at=expires_at)
        return Put(item, expect=expect)

    def _at(self) -> Key:
        digest = sha256(f"{self.scope} {self.key}".encode()).hexdigest()
        return Key(Table.PULSE, f"{tenant_prefix(self.deps.tenant.id)}ONCE#{digest}", "ONCE")

    def _fingerprint(self) -> str:
        return sha256(self.body).hexdigest()


def foretell(items: OnceItems, answer: Response) -> None:
    """The answer of the action under way, known before its effect: the commit of the effect keeps it, too."""
    if items.record is not None and not items.kept:
        body = msgspec.json.encode(_kept(_read(items.record.item).fingerprint, answer))
        items.record = replace(items.record, item=replace(items.record.item, body=body))


def key_of(header: str) -> str:
    """The key as given, which may be quoted; raises InvalidInput."""
    key = header.strip().strip('"')
    if not (0 < len(key) <= MAX_KEY and key.isascii() and key.isprintable()):
        raise InvalidInput("idempotency_key", field="Idempotency-Key", most=MAX_KEY)
    return key


def _read(item: Item) -> Kept:
    return msgspec.json.decode(item.body, type=Kept)


def _kept(fingerprint: str, answer: Response, *, begun: bool = False) -> Kept:
    headers = {name: value for name, value in answer.headers.items() if isinstance(value, str)}
    return Kept(fingerprint, answer.status_code, headers, str(answer.body), begun)


def _told(error: BaseException | None) -> Response:
    """What is answered from now on: the same refusal, or that the answer is lost."""
    if isinstance(error, OffhookError) and error.status < 500:
        return responses.problem(error)
    return responses.problem(AnswerLost())
