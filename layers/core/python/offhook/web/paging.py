"""Pages of a list: a limit and an opaque cursor that is good for one tenant, one list and one day."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest, new

import msgspec

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import DAY, Instant
from offhook.web.errors import InvalidCursor

LIMIT = 50
MAX_LIMIT = 200
MAC_BYTES = 16


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked for: at most `limit` things beyond `after` ("" = from the start)."""

    limit: int
    after: str


class _Content(msgspec.Struct, array_like=True):
    after: str
    expires_at: Instant


@dataclass(frozen=True, slots=True)
class Cursors:
    """Makes and reads the cursors of one list as one tenant asks for it.

    secret: known to the deployment only; scope: tenant, route and filters; another scope's cursor is refused.
    """

    secret: bytes
    scope: str
    now: Instant

    def page(self, query: Mapping[str, str]) -> Page:
        """The page that `limit` and `cursor` ask for; raises InvalidInput and InvalidCursor."""
        return Page(_limit(query.get("limit", str(LIMIT))), self.read(query["cursor"]) if "cursor" in query else "")

    def answer(self, data: Sequence[object], next_after: str | None) -> dict[str, object]:
        """The body of a page; next_after: where the next one goes on, None = this was the last."""
        return {"data": data, "next_cursor": None if next_after is None else self.make(next_after)}

    def make(self, after: str) -> str:
        """A cursor for what lies beyond `after`."""
        content = msgspec.json.encode(_Content(after, self.now + DAY))
        return _text(self._mac(content) + content)

    def read(self, cursor: str) -> str:
        """Where the cursor goes on; raises InvalidCursor."""
        try:
            raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        except (NotBase64, ValueError) as bad:
            raise InvalidCursor(field="cursor") from bad
        if _text(raw) != cursor or not compare_digest(raw[:MAC_BYTES], self._mac(raw[MAC_BYTES:])):
            raise InvalidCursor(field="cursor")
        content = msgspec.json.decode(raw[MAC_BYTES:], type=_Content)
        if content.expires_at < self.now:
            raise InvalidCursor(field="cursor")
        return content.after

    def _mac(self, content: bytes) -> bytes:
        return new(self.secret, self.scope.encode() + b"\0" + content, "sha256").digest()[:MAC_BYTES]


def scope_of(tenant_id: str, route: str, query: Mapping[str, str]) -> str:
    """The tenant, the route and a digest of the filters."""
    filters = sorted((name, value) for name, value in query.items() if name not in ("cursor", "limit"))
    return f"{tenant_id} {route} {sha256(msgspec.json.encode(filters)).hexdigest()}"


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MAX_LIMIT):
        raise InvalidInput("limit", field="limit", most=MAX_LIMIT)
    return int(text)
