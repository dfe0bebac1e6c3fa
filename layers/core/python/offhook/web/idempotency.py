"""Idempotency-Key: a request sent again within a day gets the first answer instead of a second effect."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import msgspec
from chalice.app import Response

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import DAY, MINUTE
from offhook.domain.storage import CommitConflict, Delete, Item, Key, Put, Table
from offhook.stores.keys import tenant_prefix
from offhook.usecases.deps import Deps
from offhook.web.errors import KeyReused, StillRunning

MAX_KEY = 255
LONGEST_RUN = MINUTE  # no request runs longer; a reservation older than this was left by a crash


class Kept(msgspec.Struct, array_like=True):
    """What is stored of a request: the digest of its body and, once it has finished, its answer."""

    fingerprint: str
    status: int = 0
    headers: dict[str, str] = {}
    body: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request that carries a key. scope: method and route."""

    deps: Deps
    scope: str
    key: str
    body: bytes

    def once(self, action: Callable[[], Response]) -> Response:
        """Run the action, or give the stored answer; raises StillRunning and KeyReused.

        An action that raises, or answers 5xx, leaves no trace, so that it can be tried again.
        """
        reserved = self.deps.clock.now()
        try:
            self._keep(Kept(self._fingerprint()), version=reserved, expect=0)
        except CommitConflict:
            return self._again(action)
        return self._run(action, reserved)

    def _again(self, action: Callable[[], Response]) -> Response:
        item = self.deps.items.get(self._at())
        if item is None:
            raise StillRunning()
        kept = msgspec.json.decode(item.body, type=Kept)
        if kept.fingerprint != self._fingerprint():
            raise KeyReused()
        if kept.status:
            return Response(kept.body, {**kept.headers, "Idempotency-Replayed": "true"}, kept.status)
        now = self.deps.clock.now()
        if item.version + LONGEST_RUN > now:
            raise StillRunning()
        try:
            self._keep(Kept(self._fingerprint()), version=now, expect=item.version)
        except CommitConflict as lost:
            raise StillRunning() from lost
        return self._run(action, now)

    def _run(self, action: Callable[[], Response], reserved: int) -> Response:
        try:
            answer = action()
        except BaseException:
            self._forget(reserved)
            raise
        if answer.status_code >= 500:
            self._forget(reserved)
        else:
            self._keep(self._kept(answer), version=reserved + 1, expect=reserved)
        return answer

    def _kept(self, answer: Response) -> Kept:
        headers = {name: value for name, value in answer.headers.items() if isinstance(value, str)}
        return Kept(self._fingerprint(), answer.status_code, headers, str(answer.body))

    def _keep(self, kept: Kept, *, version: int, expect: int) -> None:
        expires_at = self.deps.clock.now() + DAY
        item = Item(self._at(), version=version, body=msgspec.json.encode(kept), expires_at=expires_at)
        self.deps.items.commit(Put(item, expect=expect))

    def _forget(self, reserved: int) -> None:
        self.deps.items.commit(Delete(self._at(), expect=reserved))

    def _at(self) -> Key:
        digest = sha256(f"{self.scope} {self.key}".encode()).hexdigest()
        return Key(Table.PULSE, f"{tenant_prefix(self.deps.tenant.id)}ONCE#{digest}", "ONCE")

    def _fingerprint(self) -> str:
        return sha256(self.body).hexdigest()


def key_of(header: str) -> str:
    """The key as given, which may be quoted; raises InvalidInput."""
    key = header.strip().strip('"')
    if not (0 < len(key) <= MAX_KEY and key.isascii() and key.isprintable()):
        raise InvalidInput(f"The key must be 1 to {MAX_KEY} printable characters.", field="Idempotency-Key")
    return key
