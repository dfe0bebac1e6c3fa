"""Whether a tenant may do one more of what its plan allows in a time, counted for all processes together."""

from offhook.domain.tenants.plans import limits_for
from offhook.domain.tenants.rates import Pace, pace_of
from offhook.stores.buckets import Bucket, of_tenant
from offhook.usecases.deps import Deps


def may(deps: Deps, pace: Pace, amount: int = 1) -> bool:
    """Take so many of the pace, if they are there; False = not now, and nothing is taken.

    Raises CommitConflict when others were faster every time, and StoreUnavailable: then try again later.
    """
    return _bucket(deps, pace).spend(amount, deps.clock.now(), only_if_there=True)


def used(deps: Deps, pace: Pace, amount: int) -> None:
    """Account for what was used already and is known only now, such as bytes scanned; later takings wait for it."""
    _bucket(deps, pace).spend(amount, deps.clock.now())


def _bucket(deps: Deps, pace: Pace) -> Bucket:
    rate = pace_of(limits_for(deps.tenant), pace)
    return Bucket(lambda: deps.items, of_tenant(deps.tenant.id, rate), rate)
