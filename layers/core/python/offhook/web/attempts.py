"""How often strangers may try: from each address, and at each account, whether or not there is such an account.

A refusal depends on what was asked alone, so it tells nobody who has an account. What succeeds is given back: an
office whose people all sign in at nine is not kept out, and whoever guesses is stopped by the guesses that were wrong.
"""

from collections.abc import Callable
from typing import TypeVar

from chalice.app import Request

from offhook import wiring
from offhook.web import limits

T = TypeVar("T")


def trying(request: Request, kind: str, account: str, action: Callable[[], T]) -> T:
    """The action's result, if one more try is allowed; raises RateLimited. account: whose secret may be guessed."""
    if not wiring.world().limited:
        return action()
    subject = _account(account)
    _admit(request, kind, subject)
    done = action()
    limits.give_back(kind, subject)
    if not limits.is_local(request):
        limits.give_back(kind, _address(request))
    return done


def asking(request: Request, kind: str, account: str) -> None:
    """One more of what costs us something, such as a mail, whatever comes of it; raises RateLimited."""
    if wiring.world().limited:
        _admit(request, kind, _account(account))


def once_more(request: Request, kind: str) -> None:
    """One more from this address, for what names no account; raises RateLimited."""
    if wiring.world().limited and not limits.is_local(request):
        limits.require(kind, _address(request))


def known(request: Request, kind: str, subject: str) -> None:
    """Who shows what no stranger has counts as that, and not with their address; raises RateLimited."""
    if wiring.world().limited:
        limits.no_stranger(request, kind, subject)


def _admit(request: Request, kind: str, subject: str) -> None:
    once_more(request, kind)
    limits.require(kind, subject)


def _address(request: Request) -> str:
    return f"address {limits.addresses(request)[1]}"


def _account(name: str) -> str:
    return f"account {name.strip().casefold()}"
