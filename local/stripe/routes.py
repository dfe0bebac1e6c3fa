"""The table of routes: method, path, the parameters that it takes, and the function that answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from local.stripe.state import Obj, Stripe

Answer = Callable[..., Obj]
PAGE = frozenset({"limit", "starting_after", "ending_before"})


@dataclass(frozen=True, slots=True)
class Route:
    """pattern: as in Stripe's reference, {x} for a part that varies; params: accepted at the top level."""

    method: str
    pattern: str
    params: frozenset[str]
    answer: Answer

    def match(self, path: str) -> dict[str, str] | None:
        """The varying parts, or None."""
        found = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.pattern), path)
        return found.groupdict() if found else None


ROUTES: list[Route] = []


def route(method: str, pattern: str, *params: str) -> Callable[[Answer], Answer]:
    """Register answer(stripe, given, **parts)."""

    def register(answer: Answer) -> Answer:
        ROUTES.append(Route(method, pattern, frozenset(params) | {"expand"}, answer))
        return answer

    return register


def page(stripe: Stripe, url: str, found: list[Obj], given: dict[str, Any]) -> Obj:
    """One page of a list, newest first."""
    from local.stripe.forms import whole
    from local.stripe.state import listing

    limit = whole(given.get("limit", 10), "limit")
    ordered = list(reversed(found))
    ids = [one["id"] for one in ordered]
    start = ids.index(given["starting_after"]) + 1 if given.get("starting_after") in ids else 0
    return listing(url, ordered[start : start + limit], more=len(ordered) > start + limit)
