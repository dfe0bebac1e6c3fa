"""The seller of numbers in memory: a stock for each country, one shelf for all accounts."""

import re
from dataclasses import dataclass, field
from itertools import count

from offhook.domain.numbers.countries import needs_papers
from offhook.domain.numbers.port import Bought, Bundle, BundleState, Kind, NumberTaken, Offered, PapersMissing, Wanted

PREFIXES = {"US": "+1{area}555", "CA": "+1{area}557", "GB": "+44207945", "DE": "+49302555", "FR": "+33155555"}
AREAS = {"US": "415", "CA": "416"}
STOCK = 10
_STOCKED = tuple(re.escape(one).replace(r"\{area\}", r"\d{3}") + r"[123]00\d" for one in PREFIXES.values())


@dataclass
class Shelf:
    """What all accounts see: who has which number, by sid."""

    sold: dict[str, tuple[str, Bought]] = field(default_factory=dict)
    papers: dict[str, list[Bundle]] = field(default_factory=dict)
    sids: "count[int]" = field(default_factory=lambda: count(1))


@dataclass
class MemoryNumbers:
    """One account's view of the shelf."""

    account_sid: str
    shelf: Shelf = field(default_factory=Shelf)

    def search(self, wanted: Wanted, limit: int = 20) -> list[Offered]:
        """Ten numbers for each country, less what is sold."""
        if wanted.country not in PREFIXES:
            return []
        area = wanted.area_code or AREAS.get(wanted.country, "")
        prefix, papers = PREFIXES[wanted.country].format(area=area), needs_papers(wanted.country)
        kind = {Kind.LOCAL: 1, Kind.MOBILE: 2, Kind.TOLL_FREE: 3}[wanted.kind]
        sold = {bought.number for _, bought in self.shelf.sold.values()}
        numbers = [f"{prefix}{kind}{n:03d}" for n in range(STOCK)]
        fitting = [one for one in numbers if one not in sold and wanted.contains in one]
        return [Offered(one, wanted.country, wanted.kind, needs_papers=papers) for one in fitting][:limit]

    def buy(self, number: str, label: str, bundle_sid: str = "") -> Bought:
        """What the search could offer, where papers are asked for with an approved bundle."""
        if not any(re.fullmatch(pattern, number) for pattern in _STOCKED) or any(
            bought.number == number for _, bought in self.shelf.sold.values()
        ):
            raise NumberTaken()
        if not number.startswith("+1") and not self._approved(bundle_sid):
            raise PapersMissing()
        bought = Bought(f"PN{next(self.shelf.sids):032x}", number, label)
        self.shelf.sold[bought.sid] = (self.account_sid, bought)
        return bought

    def labelled(self, label: str) -> list[Bought]:
        """By exactly that label."""
        return [one for one in self.owned() if one.label == label]

    def owned(self) -> list[Bought]:
        """This account's."""
        return [bought for account, bought in self.shelf.sold.values() if account == self.account_sid]

    def lead_here(self, sid: str, label: str) -> None:
        """Only the label is kept."""
        account, bought = self.shelf.sold[sid]
        self.shelf.sold[sid] = (account, Bought(sid, bought.number, label))

    def release(self, sid: str) -> None:
        """Back on the shelf, if it is this account's."""
        if any(one.sid == sid for one in self.owned()):
            del self.shelf.sold[sid]

    def bundles(self, country: str, kind: Kind) -> list[Bundle]:
        """As the test put them."""
        return [one for one in self._papers() if (one.country, one.kind) == (country, kind)]

    def _papers(self) -> list[Bundle]:
        return self.shelf.papers.get(self.account_sid, [])

    def _approved(self, bundle_sid: str) -> bool:
        return any(one.sid == bundle_sid and one.state is BundleState.APPROVED for one in self._papers())
