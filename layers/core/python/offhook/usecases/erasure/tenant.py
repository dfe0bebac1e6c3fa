"""The next page of a tenant's erasure: count, delete, wait for what was on its way, prove, certify.

Every page is done before it is committed, so a crash repeats it: what is deleted already is no error, and what there
was has been counted before the first deletion.
"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Protocol

from offhook.domain.ids import SECOND, day_of
from offhook.domain.mail.message import Mail, Mailer
from offhook.domain.messages import Message, Topic
from offhook.domain.objects import Objects, prefixes_of
from offhook.domain.storage import CommitConflict, Delete, Items, Table
from offhook.domain.sweeping import Sweep
from offhook.domain.tenants import erasure as steps
from offhook.domain.tenants.carrier_accounts import Telco
from offhook.domain.tenants.data_classes import DIRECTORY, ITEMS, Fate, kind_of_partition
from offhook.domain.tenants.erasure import Erasure
from offhook.domain.tenants.lifecycle import TenantStatus, Trigger
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.audit import AuditTrail
from offhook.stores.directory import Directory
from offhook.stores.erasures import Erasures
from offhook.stores.memberships import USER, Users
from offhook.usecases.deps import Deps
from offhook.usecases.tenants import lifecycle

AT_ONCE = 25
FILES_AT_ONCE = 50
CARRIER_S = 60.0
MAIL = "tenant_erased"


class Pool(Protocol):
    """Where people sign in."""

    def forget_user(self, user_id: str) -> None:
        """The person is gone; again is no error."""
        ...


@dataclass(frozen=True, slots=True)
class Eraser:
    """One tenant's stores and files, the directory, whole tables, the user pool, the mail.

    settles_s: how long what was on its way (the event stream, the lake's buffers) may take to arrive.
    """

    deps: Deps
    objects: Objects
    directory: Items
    sweep: Sweep
    pool: Pool
    mailer: Mailer
    settles_s: float

    def advance(self) -> Erasure | None:
        """Do one page and ask for the next; what is done, or being done by somebody else, is left alone."""
        erasure = self._erasures.find()
        if erasure is not None and erasure.is_done:
            Directory(self.directory).drop_tenant(self.deps.tenant.id)
            return erasure
        if erasure is None or not self._is_erasing():
            return erasure
        if self._carrier_is_open():
            lifecycle.follow(self.deps)
            self._later(CARRIER_S)
            return erasure
        try:
            after = self._page(erasure)
        except CommitConflict:
            return erasure
        if after.is_done:
            Directory(self.directory).drop_tenant(self.deps.tenant.id)
        else:
            self._later(min(900.0, max(0.0, (after.settled_at - self.deps.clock.now()) / SECOND)))
        return after

    @property
    def _erasures(self) -> Erasures:
        return Erasures(self.deps.items, self.deps.tenant.id)

    def _is_erasing(self) -> bool:
        return self.deps.config.get(Tenant, self.deps.tenant.id).status is TenantStatus.ERASING

    def _carrier_is_open(self) -> bool:
        """Its numbers and recordings end with the account, which needs its token to be closed."""
        telco = self.deps.config.find(Telco, self.deps.tenant.id)
        return telco is not None and bool(telco.account_sid) and telco.status != "closed"

    def _later(self, delay_s: float) -> None:
        self.deps.outgoing.send(Message(self.deps.tenant.id, Topic.ERASE_TENANT, ""), delay_s)

    def _page(self, erasure: Erasure) -> Erasure:
        doing, place = steps.STEPS[erasure.step]
        match doing:
            case steps.COUNT:
                kinds, after = self._look(place, erasure.after)
                return self._commit(erasure.counted(dict(kinds), after))
            case steps.HANDLES:
                return self._commit(erasure.further(self._let_go(erasure.after)))
            case steps.DELETE:
                return self._commit(erasure.further(self._delete(place, erasure.after)))
            case steps.SETTLE:
                return self._settle(erasure)
            case steps.PROVE:
                kinds, after = self._look(place, erasure.after)
                left, kept = _parted(kinds)
                return self._commit(erasure.proved(left, kept, after))
            case _:
                return self._commit(erasure.once_more()) if erasure.left else self._end(erasure)

    def _commit(self, erasure: Erasure) -> Erasure:
        self.deps.items.commit(self._erasures.write(erasure))
        return erasure

    def _look(self, place: str, after: str) -> tuple[Counter[str], str]:
        """How many of each kind are on a page of the place, and where it goes on."""
        if place in steps.FILES:
            page = self.objects.page(prefixes_of(self.deps.tenant.id)[place], after, FILES_AT_ONCE)
            return Counter({place: len(page)}) if page else Counter(), page[-1].key if page else ""
        swept = self.sweep.items(self.deps.tenant.id, Table(place), after)
        return Counter(kind_of_partition(item.key.pk) for item in swept.items), swept.after

    def _delete(self, place: str, after: str) -> str:
        if place in steps.FILES:
            page = self.objects.page(prefixes_of(self.deps.tenant.id)[place], after, FILES_AT_ONCE)
            if page:
                self.objects.delete([one.key for one in page])
            return page[-1].key if page else ""
        swept = self.sweep.items(self.deps.tenant.id, Table(place), after)
        gone = [Delete(item.key) for item in swept.items if is_deleted(kind_of_partition(item.key.pk))]
        for start in range(0, len(gone), AT_ONCE):
            self.deps.items.commit(*gone[start : start + AT_ONCE])
        return swept.after

    def _let_go(self, after: str) -> str:
        """Numbers, account, keys, invitations and people lead to this tenant no more."""
        swept = self.sweep.handles(self.deps.tenant.id, after)
        for item in swept.items:
            kind, _, handle = item.key.pk.partition("#")
            if kind == USER:
                self._leave(handle)
            elif DIRECTORY[kind].fate is Fate.DELETED:
                self.directory.commit(Delete(item.key, expect=item.version))
        return swept.after

    def _leave(self, user_id: str) -> None:
        """Whoever belongs to no other tenant is no user any more; the pool comes first, so that a crash repeats it."""
        users, tenant = Users(self.directory), self.deps.tenant.id
        if users.of(user_id).tenants == (tenant,):
            self.pool.forget_user(user_id)
            users.forget(user_id, tenant)
        else:
            users.leave(user_id, tenant)

    def _settle(self, erasure: Erasure) -> Erasure:
        now = self.deps.clock.now()
        if not erasure.settled_at:
            until = now + round(self.settles_s * SECOND)
            return self._commit(replace(erasure, version=erasure.version + 1, settled_at=until))
        return self._commit(erasure.further()) if now >= erasure.settled_at else erasure

    def _end(self, erasure: Erasure) -> Erasure:
        """The mails first: the addresses are forgotten with the commit."""
        now, tenant = self.deps.clock.now(), self.deps.config.get(Tenant, self.deps.tenant.id)
        certificate = erasure.ended(AuditTrail(self.deps.items, tenant.id).head().hash, now)
        for number, address in enumerate(erasure.mail_to):
            told = {"tenant": tenant.id, "date": day_of(now), "counts": _counts(certificate.found)}
            told |= {"kept": _counts(certificate.kept), "audit_head": certificate.audit_head}
            self.mailer.send(Mail(address, MAIL, erasure.language, f"{MAIL}-{tenant.id}-{number}", told))
        moved = tenant.moved(Trigger.ERASURE_DONE, now)
        bare = Tenant(moved.id, moved.version, status=moved.status, since=moved.since)
        self.deps.items.commit(self._erasures.write(certificate), lifecycle.stored(bare, expect=tenant.version))
        return certificate


def is_deleted(kind: str) -> bool:
    """Whether an erasure deletes items of the kind; one that the register does not know is deleted."""
    return kind not in ITEMS or ITEMS[kind].fate is Fate.DELETED


def _parted(kinds: Counter[str]) -> tuple[dict[str, int], dict[str, int]]:
    left = {kind: n for kind, n in kinds.items() if kind in steps.FILES or is_deleted(kind)}
    return left, {kind: n for kind, n in kinds.items() if kind not in left}


def _counts(kinds: dict[str, int]) -> str:
    return "\n".join(f"  {kind.lower()}: {number}" for kind, number in sorted(kinds.items())) or "  -"
