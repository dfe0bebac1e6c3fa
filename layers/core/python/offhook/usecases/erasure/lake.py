"""A person in the event lake: found by number and customer in all its days, and blanked day by day.

The facts of the events stay, so that reports keep their figures; what leads from them to the person goes.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlglot import exp

from offhook.domain.analytics.lake import Lake
from offhook.domain.ids import CustomerId, TenantId
from offhook.usecases.analytics.compact import LakeFiles, replace_day, unload
from offhook.usecases.analytics.compile_report import TABLE

PERSONAL = ("customer_number", "customer_id", "keys")
FIRST_DAY, LAST_DAY = "2000-01-01", "2999-12-31"
Days = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LakePerson:
    """One person in one tenant's part of the lake; numbers: all they called from."""

    lake: Lake
    files: LakeFiles
    tenant: TenantId
    customer_id: CustomerId
    numbers: Sequence[str]

    def days(self) -> Days:
        """The contacts of the days on which events name the person; raises what Lake.run raises.

        A contact may go on beyond midnight without naming them again, so the next day counts with it.
        """
        found: Mapping[str, set[str]] = defaultdict(set)
        for row in self.lake.run(self._search()).rows:
            first = date.fromisoformat(str(row["dt"]))
            for day in (first, first + timedelta(days=1)):
                found[day.isoformat()].add(str(row["contact_id"]))
        return {day: tuple(sorted(contacts)) for day, contacts in sorted(found.items())}

    def blank(self, day: str, contacts: Sequence[str], run: str) -> int:
        """Rewrite the day without the person; how many files were replaced. Again changes nothing."""
        names = exp.or_(self._named(), _in("contact_id", contacts))
        return replace_day(
            self.lake, self.files, self.tenant, day, run, lambda location: self._unload(day, location, names)
        )

    def _unload(self, day: str, location: str, names: exp.Condition) -> str:
        return unload(self.tenant, day, location, dict.fromkeys(PERSONAL, names))

    def _search(self) -> str:
        dt = exp.column("dt", quoted=True)
        rows = exp.select(exp.column("contact_id", quoted=True), dt).distinct().from_(exp.to_table(TABLE))
        rows = rows.where(
            exp.column("tenant", quoted=True).eq(exp.Literal.string(self.tenant)),
            dt.between(exp.Literal.string(FIRST_DAY), exp.Literal.string(LAST_DAY)),
            self._named(),
        )
        return rows.sql(dialect="athena", copy=False)

    def _named(self) -> exp.Condition:
        """Whether an event names the person itself."""
        named = exp.column("customer_id", quoted=True).eq(exp.Literal.string(self.customer_id))
        return exp.or_(named, _in("customer_number", self.numbers)) if self.numbers else named


def _in(column: str, values: Sequence[str]) -> exp.Condition:
    return exp.column(column, quoted=True).isin(*(exp.Literal.string(value) for value in values))
