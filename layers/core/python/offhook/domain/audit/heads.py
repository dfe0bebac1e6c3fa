"""Ends of a tenant's chain that were signed and locked away: whoever changes the chain later contradicts them."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from offhook.domain.audit.chain import Break, Entry, Head, digest
from offhook.domain.errors import OffhookError
from offhook.domain.ids import Instant, TenantId

FORMAT = "offhook-audit-head-1"


class ChainBroken(OffhookError):
    """The trail does not continue what was signed of it before; it was tampered with, and is not signed again."""

    code = "audit_broken"
    status = 500


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The end of a tenant's chain at a time. signature: base64, over `statement`."""

    tenant: TenantId
    number: int
    hash: str
    at: Instant
    signature: str = ""

    @property
    def head(self) -> Head:
        """As the chain knows it."""
        return Head(self.number, self.hash)

    @property
    def statement(self) -> bytes:
        """What is signed: the same bytes for the same head, whoever makes them."""
        said = {"at": self.at, "format": FORMAT, "hash": self.hash, "number": self.number, "tenant": self.tenant}
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()

    def signed(self, signature: bytes) -> "SignedHead":
        """With a signature."""
        return SignedHead(self.tenant, self.number, self.hash, self.at, b64encode(signature).decode())

    def holds(self, check: "Check") -> bool:
        """Whether the signature is by our key over just this."""
        try:
            return check(self.statement, b64decode(self.signature, validate=True))
        except ValueError:
            return False


Check = Callable[[bytes, bytes], bool]


class Notary(Protocol):
    """Our signing key."""

    def sign(self, statement: bytes) -> bytes:
        """A signature; raises StoreUnavailable."""
        ...

    def public_key(self) -> str:
        """What signatures are checked with, as PEM."""
        ...

    def check(self, statement: bytes, signature: bytes) -> bool:
        """Whether the key signed the statement."""
        ...


class Vault(Protocol):
    """One tenant's locked heads: each number is written once and can be neither changed nor removed for years."""

    def keep(self, head: SignedHead) -> None:
        """Lock it away; when its number is there already, that one stays."""
        ...

    def numbers(self, after: int, limit: int) -> list[int]:
        """The numbers there are beyond one, ascending."""
        ...

    def find(self, number: int) -> SignedHead | None:
        """The head with the number."""
        ...


def continued(signed: Head, entries: Iterable[Entry], head: Head) -> bool:
    """Whether the entries lead from the signed end to the present one. entries: those after the signed one."""
    before = signed
    for entry in entries:
        if (entry.number, entry.previous, entry.hash) != (before.number + 1, before.hash, digest(entry)):
            return False
        before = Head(entry.number, entry.hash)
    return before == head


def forgeries(heads: Iterable[SignedHead], tenant: TenantId, check: Check) -> Iterator[Break]:
    """Heads that our key did not sign for this tenant."""
    for one in heads:
        if one.tenant != tenant or not one.holds(check):
            yield Break(one.number, "the signature of the locked head is not ours")
