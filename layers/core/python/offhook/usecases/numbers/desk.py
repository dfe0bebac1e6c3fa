"""What dealing in numbers may touch: one tenant's stores, its account at the carrier, the directory."""

from dataclasses import dataclass

from offhook.domain.errors import Conflict, InvalidInput, NotFound
from offhook.domain.ivr.numbers import is_e164
from offhook.domain.numbers.line import Line
from offhook.domain.numbers.port import CarrierNumbers
from offhook.domain.storage import CommitConflict, Delete, Item, Items, Put
from offhook.domain.tenants.lifecycle import EFFECTS
from offhook.stores import keys
from offhook.stores.codec import encode
from offhook.stores.config import Configured, kind_of
from offhook.stores.directory import Directory
from offhook.stores.quotas import Quotas
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.numbers import HANDLE


@dataclass(frozen=True, slots=True)
class NumberDesk:
    """directory: the items of the edge, which enter the platform's scope by themselves."""

    deps: Deps
    carrier: CarrierNumbers
    directory: Items

    @property
    def quotas(self) -> Quotas:
        """The tenant's counters."""
        return Quotas(self.deps.items, self.deps.tenant.id)

    def line(self, number: str) -> Line:
        """The tenant's number; raises NotFound."""
        found = self.deps.config.find(Line, number)
        if found is None:
            raise NotFound("You have no such number.")
        return found

    def put(self, thing: Configured, expect: int | None) -> Put:
        """The write that stores a configured thing."""
        key = keys.config(self.deps.tenant.id, kind_of(type(thing)), str(thing.id))
        return Put(Item(key, version=thing.version, body=encode(thing)), expect=expect)

    def delete(self, cls: type, entity_id: str, expect: int | None = None) -> Delete:
        """The write that removes a configured thing."""
        return Delete(keys.config(self.deps.tenant.id, kind_of(cls), entity_id), expect=expect)

    def owner(self, number: str) -> str | None:
        """Whose the number is."""
        return Directory(self.directory).tenant_of(HANDLE, number)

    def let_go(self, number: str) -> None:
        """The number leads to nobody from now on; another's stays as it is."""
        handle = keys.directory(HANDLE, number)
        found = self.directory.get(handle)
        if found is not None and self.owner(number) == self.deps.tenant.id:
            try:
                self.directory.commit(Delete(handle, expect=found.version))
            except CommitConflict:
                return

    def require_account(self) -> None:
        """Raises Conflict while the tenant's state leaves its account at the carrier idle or closed."""
        if EFFECTS[self.deps.tenant.status].carrier != "active":
            raise Conflict("tenant_no_numbers", tenant=self.deps.tenant.status.value)


def checked(number: str, field: str = "$.number") -> str:
    """The number; raises InvalidInput unless it is in E.164."""
    if not is_e164(number):
        raise InvalidInput("number_international", field=field)
    return number
