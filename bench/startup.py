"""How soon a webhook function is ready, beside one boto3 DynamoDB client: `python -m bench.startup`.

Each start is a fresh interpreter, timed by its processor time and in turn with the other, so that a busy machine
changes neither. The budget is a ratio of at most 1.25 and 420 modules. "wiring" is our store and the edge ready for the
first request; the functions are timed with all that their app imports.
"""

import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from bench.record import keep

ROOT = Path(__file__).parent.parent
ROUNDS = 15
MOST_RATIO = 1.25
MOST_MODULES = 420
FUNCTIONS = ("ivr", "routing", "surveys")  # those that the carrier's webhooks reach

MEASURE = """
import sys, time
before = time.process_time()
{body}
print((time.process_time() - before) * 1000, len(sys.modules))
"""
BOTO3 = "import boto3; boto3.client('dynamodb')"
WIRING = "from offhook import wiring; wiring.edge_items()"
APP = """
import importlib.util
spec = importlib.util.spec_from_file_location("app", "functions/{name}/app.py")
module = importlib.util.module_from_spec(spec)
sys.modules["app"] = module
spec.loader.exec_module(module)
from offhook import wiring
wiring.edge_items()
"""
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "PYTHONPATH": str(ROOT / "layers" / "core" / "python"),
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "000000000000",
    "AWS_SECRET_ACCESS_KEY": "test",
    "OFFHOOK_STAGE": "bench",
    "OFFHOOK_TABLE_PREFIX": "bench-",
    "OFFHOOK_PUBLIC_API_URL": "https://api.example.com",
    "POWERTOOLS_TRACE_DISABLED": "true",
}


@dataclass(frozen=True, slots=True)
class Start:
    """Medians over the rounds; the ratio is that of the two starts of one round, which met the same machine."""

    what: str
    ms: float
    boto3_ms: float
    ratio: float
    modules: int
    within: bool


def measure(what: str, body: str) -> Start:
    """Time a start beside a boto3 client."""
    pairs = [(_once(body), _once(BOTO3)) for _ in range(ROUNDS + 1)][1:]
    ms, boto3_ms = median(own[0] for own, _ in pairs), median(other[0] for _, other in pairs)
    ratio, modules = median(own[0] / other[0] for own, other in pairs), pairs[0][0][1]
    within = ratio <= MOST_RATIO and modules <= MOST_MODULES
    return Start(what, round(ms, 1), round(boto3_ms, 1), round(ratio, 2), modules, within)


def _once(body: str) -> tuple[float, int]:
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE.format(body=body)],
        env=ENVIRONMENT,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    ms, modules = ran.stdout.split()[-2:]
    return float(ms), int(modules)


def main() -> int:
    """Measure, print and keep the results; 1 when a budget is exceeded."""
    bodies = {"wiring": WIRING} | {name: APP.format(name=name) for name in FUNCTIONS}
    starts = [measure(what, body) for what, body in bodies.items()]
    for start in starts:
        print(f"{start.what:8} {start.ms:7.1f} ms  ratio {start.ratio:.2f}  {start.modules} modules", flush=True)
    measured = {"budget": {"ratio": MOST_RATIO, "modules": MOST_MODULES}, "starts": [asdict(start) for start in starts]}
    return keep("startup", measured, within=all(start.within for start in starts))


if __name__ == "__main__":
    sys.exit(main())
