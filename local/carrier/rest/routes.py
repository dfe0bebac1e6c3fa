"""Which function answers which path."""

import re
from collections.abc import Callable
from functools import cache

from local.carrier import errors
from local.carrier.rest import (
    accounts,
    applications,
    available,
    bundles,
    calls,
    conferences,
    keys,
    members,
    messages,
    notifications,
    numbers,
    participants,
    queues,
    recordings,
    tokens,
    triggers,
    usage,
)
from local.carrier.rest.http import RestRequest, RestResponse

Handler = Callable[..., RestResponse]
_A = "/Accounts/{account}"

TABLE: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/Accounts", accounts.listing), ("POST", "/Accounts", accounts.create),
    ("GET", _A, accounts.fetch), ("POST", _A, accounts.update),
    ("GET", f"{_A}/Calls", calls.listing), ("POST", f"{_A}/Calls", calls.create),
    ("GET", f"{_A}/Calls/{{sid}}", calls.fetch), ("POST", f"{_A}/Calls/{{sid}}", calls.update),
    ("DELETE", f"{_A}/Calls/{{sid}}", calls.delete),
    ("GET", f"{_A}/Calls/{{call}}/Recordings", recordings.listing),
    ("POST", f"{_A}/Calls/{{call}}/Recordings", recordings.start),
    ("GET", f"{_A}/Calls/{{call}}/Recordings/{{sid}}", recordings.fetch),
    ("POST", f"{_A}/Calls/{{call}}/Recordings/{{sid}}", recordings.update),
    ("DELETE", f"{_A}/Calls/{{call}}/Recordings/{{sid}}", recordings.delete),
    ("GET", f"{_A}/Calls/{{call}}/Notifications", notifications.listing),
    ("GET", f"{_A}/Notifications", notifications.listing),
    ("GET", f"{_A}/Conferences", conferences.listing),
    ("GET", f"{_A}/Conferences/{{sid}}", conferences.fetch),
    ("POST", f"{_A}/Conferences/{{sid}}", conferences.update),
    ("GET", f"{_A}/Conferences/{{conference}}/Recordings", recordings.listing),
    ("GET", f"{_A}/Conferences/{{conference}}/Recordings/{{sid}}", recordings.fetch),
    ("POST", f"{_A}/Conferences/{{conference}}/Recordings/{{sid}}", recordings.update),
    ("DELETE", f"{_A}/Conferences/{{conference}}/Recordings/{{sid}}", recordings.delete),
    ("GET", f"{_A}/Conferences/{{room}}/Participants", participants.listing),
    ("POST", f"{_A}/Conferences/{{room}}/Participants", participants.create),
    ("GET", f"{_A}/Conferences/{{room}}/Participants/{{who}}", participants.fetch),
    ("POST", f"{_A}/Conferences/{{room}}/Participants/{{who}}", participants.update),
    ("DELETE", f"{_A}/Conferences/{{room}}/Participants/{{who}}", participants.delete),
    ("GET", f"{_A}/Queues", queues.listing), ("POST", f"{_A}/Queues", queues.create),
    ("GET", f"{_A}/Queues/{{sid}}", queues.fetch), ("POST", f"{_A}/Queues/{{sid}}", queues.update),
    ("DELETE", f"{_A}/Queues/{{sid}}", queues.delete),
    ("GET", f"{_A}/Queues/{{queue}}/Members", members.listing),
    ("GET", f"{_A}/Queues/{{queue}}/Members/{{who}}", members.fetch),
    ("POST", f"{_A}/Queues/{{queue}}/Members/{{who}}", members.dequeue),
    ("GET", f"{_A}/Recordings", recordings.listing),
    ("GET", f"{_A}/Recordings/{{sid}}", recordings.fetch),
    ("DELETE", f"{_A}/Recordings/{{sid}}", recordings.delete),
    ("GET", f"{_A}/IncomingPhoneNumbers", numbers.listing),
    ("POST", f"{_A}/IncomingPhoneNumbers", numbers.create),
    ("POST", f"{_A}/IncomingPhoneNumbers/{{kind:Local|TollFree|Mobile}}", numbers.create),
    ("GET", f"{_A}/IncomingPhoneNumbers/{{sid}}", numbers.fetch),
    ("POST", f"{_A}/IncomingPhoneNumbers/{{sid}}", numbers.update),
    ("DELETE", f"{_A}/IncomingPhoneNumbers/{{sid}}", numbers.release),
    ("GET", f"{_A}/AvailablePhoneNumbers/{{country}}/{{kind:Local|TollFree|Mobile}}", available.listing),
    ("GET", f"{_A}/Applications", applications.listing), ("POST", f"{_A}/Applications", applications.create),
    ("GET", f"{_A}/Applications/{{sid}}", applications.fetch),
    ("POST", f"{_A}/Applications/{{sid}}", applications.update),
    ("DELETE", f"{_A}/Applications/{{sid}}", applications.delete),
    ("GET", f"{_A}/Keys", keys.listing), ("POST", f"{_A}/Keys", keys.create),
    ("GET", f"{_A}/Keys/{{sid}}", keys.fetch), ("DELETE", f"{_A}/Keys/{{sid}}", keys.delete),
    ("GET", f"{_A}/Messages", messages.listing), ("POST", f"{_A}/Messages", messages.create),
    ("GET", f"{_A}/Messages/{{sid}}", messages.fetch),
    ("GET", f"{_A}/Usage/Triggers", triggers.listing), ("POST", f"{_A}/Usage/Triggers", triggers.create),
    ("GET", f"{_A}/Usage/Triggers/{{sid}}", triggers.fetch), ("POST", f"{_A}/Usage/Triggers/{{sid}}", triggers.update),
    ("DELETE", f"{_A}/Usage/Triggers/{{sid}}", triggers.delete),
    ("GET", f"{_A}/Usage/Records", usage.listing), ("GET", f"{_A}/Usage/Records/{{period}}", usage.listing),
)  # fmt: skip

ROTATION: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "/v1/AuthTokens/Secondary", tokens.create), ("DELETE", "/v1/AuthTokens/Secondary", tokens.delete),
    ("POST", "/v1/AuthTokens/Promote", tokens.promote),
)  # fmt: skip


PAPERS: tuple[tuple[str, str, Handler], ...] = (
    ("GET", bundles.PATH, bundles.listing), ("POST", bundles.PATH, bundles.create),
    ("GET", f"{bundles.PATH}/{{sid}}", bundles.fetch), ("POST", f"{bundles.PATH}/{{sid}}", bundles.update),
)  # fmt: skip


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str], Handler], ...]:
    versioned = tuple((method, "/2010-04-01" + path, handler) for method, path, handler in TABLE)
    return tuple((method, _pattern(path), handler) for method, path, handler in versioned + ROTATION + PAPERS)


def _pattern(path: str) -> re.Pattern[str]:
    """{name} is one piece of the path, {name:a|b} one of some words; .json may follow."""
    named = re.sub(r"\{(\w+):([^}]+)\}", r"(?P<\1>\2)", path)
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+?)", named) + r"(\.json)?")


def find(request: RestRequest) -> tuple[Handler, dict[str, str]]:
    """The function for a request and the names in its path; raises 20404, or 20004 for a wrong method."""
    known = False
    for method, pattern, handler in _compiled():
        match = pattern.fullmatch(request.path)
        if match and method == request.method:
            return handler, match.groupdict()
        known = known or match is not None
    if known:
        raise errors.RestError(20004, "Method not allowed", 405)
    raise errors.not_found(request.path)
