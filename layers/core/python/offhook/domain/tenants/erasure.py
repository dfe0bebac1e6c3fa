"""The erasure of a tenant: its steps, what it found, and the certificate that is left of it."""

from dataclasses import dataclass, field, replace

from offhook.domain.ids import Instant, TenantId
from offhook.domain.storage import Table

TABLES = tuple(str(table) for table in Table if table is not Table.DIRECTORY)
FILES = ("recordings", "prompts", "exports", "results", "lake")
PLACES = (*TABLES, *FILES)

Step = tuple[str, str]  # what is done, and where
COUNT, HANDLES, DELETE, SETTLE, PROVE, END = "count", "handles", "delete", "settle", "prove", "end"
STEPS: tuple[Step, ...] = (
    *((COUNT, place) for place in PLACES),
    (HANDLES, ""),
    *((DELETE, place) for place in PLACES),
    (SETTLE, ""),
    *((PROVE, place) for place in PLACES),
    (END, ""),
)
AGAIN = STEPS.index((HANDLES, ""))


@dataclass(frozen=True, slots=True)
class Erasure:
    """step: an index of STEPS; after: where its place goes on; rounds: how often it was proved that something is left.

    found, kept: per kind, before and after; handles: removed from the directory; settled_at: when what was on its way
    has arrived; mail_to: the owners, forgotten with the last step; audit_head: the hash of the audit trail's end.
    """

    id: TenantId
    started_at: Instant
    by: str
    version: int = 1
    step: int = 0
    after: str = ""
    rounds: int = 0
    found: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    settled_at: Instant = 0
    mail_to: tuple[str, ...] = ()
    language: str = ""
    audit_head: str = ""
    ended_at: Instant = 0

    @property
    def is_done(self) -> bool:
        """Whether the certificate is complete."""
        return bool(self.ended_at)

    def further(self, after: str = "") -> "Erasure":
        """The next page of this step, or the next step when there is none."""
        return replace(self, version=self.version + 1, step=self.step if after else self.step + 1, after=after)

    def counted(self, kinds: dict[str, int], after: str) -> "Erasure":
        """With a page of what was there in the beginning."""
        return replace(self, found=_sum(self.found, kinds)).further(after)

    def proved(self, left: dict[str, int], kept: dict[str, int], after: str) -> "Erasure":
        """With a page of what is there in the end."""
        return replace(self, left=_sum(self.left, left), kept=_sum(self.kept, kept)).further(after)

    def once_more(self) -> "Erasure":
        """Something was left, or came after it was deleted: from the handles on again."""
        again = replace(self, step=AGAIN, after="", left={}, kept={}, settled_at=0)
        return replace(again, rounds=self.rounds + 1, version=self.version + 1)

    def ended(self, audit_head: str, now: Instant) -> "Erasure":
        """The certificate."""
        return replace(self, version=self.version + 1, audit_head=audit_head, ended_at=now, mail_to=())


def _sum(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {kind: one.get(kind, 0) + other.get(kind, 0) for kind in sorted({*one, *other})}
