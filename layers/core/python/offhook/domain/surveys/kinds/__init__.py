"""The kinds of question, one module each, found by name."""

from offhook.domain.surveys.kinds.csat import Csat
from offhook.domain.surveys.kinds.kind import Kind
from offhook.domain.surveys.kinds.nps import Nps
from offhook.domain.surveys.kinds.resolved import Resolved

KINDS: dict[str, Kind] = {kind.name: kind for kind in (Csat(), Resolved(), Nps())}
