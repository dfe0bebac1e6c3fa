"""Results as files: what was measured, where, when, and whether it is within its budget."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from math import ceil
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def keep(name: str, measured: Mapping[str, object], *, within: bool) -> int:
    """Print and write bench/results/<name>.json; returns the exit code, 1 when a budget is exceeded."""
    record = {"measured_at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine(), "within": within}
    text = json.dumps({**record, **measured}, indent=2)
    print(text, flush=True)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(text + "\n")
    return 0 if within else 1


def machine() -> dict[str, object]:
    """What the figures depend on."""
    return {"python": platform.python_version(), "cores": os.cpu_count(), "machine": platform.machine()}


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least that share of them do not exceed."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]
