"""What administrators do with recordings: delete one before its time, hold contacts, set the rules."""

from typing import TypedDict

from offhook.domain.errors import NotFound
from offhook.domain.recordings.policy import RecordingPolicy
from offhook.domain.recordings.regions import REGIONS, UNKNOWN, Region, Rule
from offhook.domain.recordings.rules import RecordingRules, check_rules
from offhook.domain.recordings.stored import Deletion, LegalHold
from offhook.domain.tenants.scope import Scope
from offhook.stores.recordings import Recordings
from offhook.usecases.deps import Deps
from offhook.usecases.recordings import deleting, holding, playing
from offhook.usecases.recordings.planning import rules_of

RULE = "deleted by hand"


def delete(deps: Deps, recording_id: str, by: str, scope: Scope) -> Deletion:
    """The proof; again gives the same. Raises NotFound, OnLegalHold, CarrierUnavailable."""
    proof = Recordings(deps.items, deps.tenant.id).deletion(recording_id)
    if proof is not None:
        return proof
    playing.seen(deps, recording_id, scope)
    done = deleting.delete(deps, recording_id, RULE, by)
    if done is None:
        raise NotFound(playing.NOWHERE)
    return done


def deletion(deps: Deps, recording_id: str) -> Deletion:
    """The proof; raises NotFound for what was not deleted."""
    proof = Recordings(deps.items, deps.tenant.id).deletion(recording_id) if 0 < len(recording_id) <= 64 else None
    if proof is None:
        raise NotFound("There is no proof of such a deletion.")
    return proof


def holds(deps: Deps) -> list[LegalHold]:
    """All of them."""
    return Recordings(deps.items, deps.tenant.id).holds()


hold = holding.hold
lift = holding.lift


class RulesView(TypedDict):
    """The tenant's rules; table, unknown: what the law of each country, and of any other one, asks for."""

    numbers: dict[str, RecordingPolicy]
    regions: dict[str, Rule]
    table: dict[str, Region]
    unknown: Region
    version: int


def rules(deps: Deps) -> tuple[RulesView, int]:
    """The tenant's, with the table of countries and its sources; and the version."""
    own = rules_of(deps)
    told = RulesView(
        numbers=own.numbers, regions=own.regions, table=dict(REGIONS), unknown=UNKNOWN, version=own.version
    )
    return told, own.version


def change_rules(
    deps: Deps, numbers: dict[str, RecordingPolicy], regions: dict[str, Rule], version: int
) -> tuple[RulesView, int]:
    """Raises InvalidInput and PreconditionFailed."""
    wanted = check_rules(RecordingRules(version=version, numbers=numbers, regions=regions))
    deps.config.create(wanted) if version == 0 else deps.config.change(wanted)
    return rules(deps)
