"""Where a tenant may call: its own list of countries, whatever the carrier would allow (toll fraud is paid by us)."""

from dataclasses import dataclass

from offhook.domain.errors import Forbidden, InvalidInput
from offhook.domain.ids import TenantId
from offhook.domain.ivr.numbers import is_e164
from offhook.domain.numbers.countries import all_countries, country_of
from offhook.domain.tenants.lifecycle import EFFECTS
from offhook.domain.tenants.plans import Feature, require
from offhook.usecases.deps import Deps

AT_FIRST = ("US", "CA")


class CountryNotAllowed(Forbidden):
    """The tenant does not call this country."""

    code = "country_not_allowed"


@dataclass(frozen=True, slots=True)
class Calling:
    """Where the tenant calls; id: the tenant's. countries: ISO 3166, in order.

    emergency: its people may call emergency services through us; who allows it answers for where they are.
    """

    id: TenantId
    countries: tuple[str, ...]
    version: int = 1
    emergency: bool = False


def rules(deps: Deps) -> Calling:
    """As set; at first the tenant's own country, the United States and Canada. Version 0 = never set."""
    home = {deps.tenant.region.upper()} & all_countries()
    found = deps.config.find(Calling, deps.tenant.id)
    return found or Calling(deps.tenant.id, tuple(sorted({*AT_FIRST, *home})), 0)


def allow(deps: Deps, countries: tuple[str, ...], version: int, emergency: bool = False) -> Calling:
    """Set the list; raises InvalidInput naming the country, PreconditionFailed for another version than the present."""
    unknown = next((n for n, one in enumerate(countries) if one not in all_countries()), None)
    if unknown is not None:
        raise InvalidInput("country_unknown", field=f"$.countries[{unknown}]")
    wanted = Calling(deps.tenant.id, tuple(sorted(set(countries))), version, emergency)
    return deps.config.create(wanted) if version == 0 else deps.config.change(wanted)


def may_call(deps: Deps, number: str) -> None:
    """Raises InvalidInput for no number, and CountryNotAllowed, also for premium rates, satellites and the unknown.

    Raises FeatureMissing on a plan without outbound calls, and NotActive while the tenant's state forbids them.
    """
    if not is_e164(number):
        raise InvalidInput("number_international", field="$.number")
    if not EFFECTS[deps.tenant.status].calls_out:
        from offhook.usecases.tenants.lifecycle import NotActive

        raise NotActive(f"A tenant that is {deps.tenant.status.value} makes no calls.")
    require(deps.tenant.plan, Feature.OUTBOUND)
    country = country_of(number)
    if not country or country not in rules(deps).countries:
        raise CountryNotAllowed(f"Calls to {country or 'numbers of no country'} are not allowed.", field="$.number")
