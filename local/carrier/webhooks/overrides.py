"""Connection overrides in a webhook address's fragment, such as #rc=2&rp=ct,5xx."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often a request is tried again and after which failures (ct connect, rt read, 4xx, 5xx, all)."""

    retries: int = 1
    after: frozenset[str] = frozenset({"ct"})

    def again(self, failure: str, tried: int) -> bool:
        return tried <= self.retries and ("all" in self.after or failure in self.after)


def retry_policy(url: str) -> RetryPolicy:
    fields = parse_qs(urlsplit(url).fragment)
    retries = fields.get("rc", ["1"])[0]
    after = fields.get("rp", ["ct"])[0].split(",")
    return RetryPolicy(min(5, int(retries)) if retries.isdigit() else 1, frozenset(after))


def without_fragment(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(fragment=""))
