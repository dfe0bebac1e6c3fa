"""Units of the reference call by our own calculator of AWS's rules: `python -m bench.capacity`.

From `waiting` to `accepted` counts what follows the commit that makes the contact wait, up to the key that accepts.
"""

import sys

from bench.record import keep
from bench.reference_call import Played, play

MOST_TO_ACCEPTED, MOST_GROWTH = 20, 1.1
MOST_WRU, MOST_RRU = 40, 20
FEW, MANY = 50, 5_000


def main() -> int:
    """Play, print and keep."""
    few, many = play(FEW, ready=True), play(MANY, ready=True)
    queued, cold = play(FEW, ready=False), play(FEW, ready=False, warm=False)
    growth = sum(many.to_accepted) / sum(few.to_accepted)
    wru, rru = queued.total()
    within = sum(few.to_accepted) <= MOST_TO_ACCEPTED and growth <= MOST_GROWTH and wru <= MOST_WRU and rru <= MOST_RRU
    measured = {
        "budget": {"to_accepted": MOST_TO_ACCEPTED, "growth": MOST_GROWTH, "wru": MOST_WRU, "rru": MOST_RRU},
        "to_accepted": {FEW: few.to_accepted, MANY: many.to_accepted},
        "growth": round(growth, 3),
        "agent_free_at_once": summary(few),
        "reference_call": summary(queued),
        "reference_call_configuration_cold": summary(cold),
        "steps": [{"what": s.what, "at": round(s.at, 1), "wru": s.wru, "rru": s.rru} for s in queued.steps],
    }
    return keep("capacity", measured, within=within)


def summary(played: Played) -> dict[str, float]:
    """Totals of a call."""
    wru, rru = played.total()
    return {"wru": wru, "rru": rru, "webhooks": played.webhooks(), "invocations": played.invocations()}


if __name__ == "__main__":
    sys.exit(main())
