"""Whether a tenant may call a number now, and under which of its own numbers: asked before every leg to the outside."""

from offhook.domain.errors import Conflict, Forbidden, InvalidInput, OffhookError
from offhook.domain.ivr.numbers import is_e164
from offhook.domain.numbers.countries import country_of
from offhook.domain.numbers.emergency import is_emergency
from offhook.domain.numbers.line import Line, LineState, Origin
from offhook.domain.tenants.rates import Pace
from offhook.stores.flows import Number
from offhook.usecases.deps import Deps
from offhook.usecases.metering.caps import Spend, may_spend
from offhook.usecases.numbers import calling
from offhook.usecases.tenants import pace
from offhook.usecases.tenants.lifecycle import require_calls_out


class EmergencyNotAllowed(Forbidden):
    """Emergency services are not called through this account: use a telephone that knows where you are."""

    code = "emergency_not_allowed"


class SpendingCapReached(Forbidden):
    """The month's hard cap on spending is reached: no further calls are begun."""

    code = "spending_cap_reached"


class TooManyCalls(Conflict):
    """More calls at once than the plan allows in a second: try again in a moment."""

    code = "too_many_calls"
    status = 429


class NoCallerId(Conflict):
    """The tenant has no number to call from."""

    code = "no_caller_id"


def check(deps: Deps, number: str, field: str = "$.to") -> None:
    """Raises what forbids the call, naming the field; takes one of the calls that the plan allows in a second.

    An emergency call that the tenant allows is bound by no list of countries, no cap and no pace.
    """
    try:
        require_calls_out(deps.tenant)
        if is_emergency(number):
            _check_emergency(deps)
            return
        calling.may_call(deps, number)
        if not may_spend(deps, Spend.OUTBOUND_CALL):
            raise SpendingCapReached()
        if not pace.may(deps, Pace.OUTBOUND_CALLS):
            raise TooManyCalls()
    except OffhookError as refused:
        refused.field = field
        raise


def caller_id_for(deps: Deps, number: str, wanted: str = "") -> str:
    """The number to show: the one wanted, else one of the country called, else the tenant's usual one.

    Raises InvalidInput for a number that is not the tenant's, NoCallerId when there is none.
    """
    own = _own_numbers(deps)
    if wanted:
        if wanted not in own:
            raise InvalidInput("caller_id_foreign", field="$.caller_id")
        return wanted
    country = country_of(number) if is_e164(number) else ""
    local = sorted(one for one in own if country and country_of(one) == country)
    usual = deps.tenant.caller_id
    if usual and (usual in local or not local):
        return usual
    if local or own:
        return (local or sorted(own))[0]
    raise NoCallerId()


def _own_numbers(deps: Deps) -> set[str]:
    """Numbers that calls may come from: those the carrier holds for the tenant."""
    lines = {one.id: one for one in deps.config.list(Line)}
    usable = {name for name, line in lines.items() if _may_be_shown(line)}
    seeded = {one.id for one in deps.config.list(Number) if one.id not in lines}
    return {*usable, *seeded}


def _may_be_shown(line: Line) -> bool:
    """A forwarded number is another carrier's, which ours does not show."""
    return line.state is LineState.ACTIVE and line.origin is not Origin.FORWARDED


def _check_emergency(deps: Deps) -> None:
    if not calling.rules(deps).emergency:
        raise EmergencyNotAllowed()
