"""AWS's list price of the reference call and of an agent-hour, from counted units: `python -m bench.price`.

Counted: requests, units, messages, heartbeats, by the product's price book. Assumed: 20 ms of Lambda a webhook, 30 a
worker, and 20 events a call. Left out: what follows the stream (counters, publisher, timeline, ledger), which works in
batches, and logs; so the call's price is a lower bound.
"""

import json
import sys
from decimal import Decimal
from functools import cache

from offhook.domain.metering.books import current
from offhook.domain.metering.usage import READERS
from offhook.usecases.routing import presence

from bench.centre import centre
from bench.record import keep
from bench.reference_call import Played, play

MOST_CALL, MOST_WEBHOOKS, MOST_AGENT_HOUR = Decimal("0.00015"), 14, Decimal("0.0008")
WEBHOOK_MS, WORK_MS, BEAT_MS = 20, 30, 5
SQS_REQUESTS = 3  # a message is sent, received and deleted
EVENTS = 20
API_MB, LIVE_MB = 1024, 512  # what the template gives (infra/apps.py)
BEAT_EVERY_S, AGENTS = presence.BEAT_MS / 1000, 4
ON_ITS_WAY_S = 0.1  # a heartbeat takes its way: none arrives at the very moment of a check
SOCKET_MESSAGE, SOCKET_MINUTE = Decimal("1.00") / 10**6, Decimal("0.25") / 10**6
AT = 1_796_083_200_000  # 2026-12-01


def main() -> int:
    """Compute, print and keep."""
    played = play(50, ready=False)
    call, hour = of_call(played), of_agent_hour()
    total, agent_hour = sum(call.values(), Decimal()), sum(hour.values(), Decimal())
    within = total <= MOST_CALL and played.webhooks() <= MOST_WEBHOOKS and agent_hour <= MOST_AGENT_HOUR
    measured = {
        "budget": {"call": str(MOST_CALL), "webhooks": MOST_WEBHOOKS, "agent_hour": str(MOST_AGENT_HOUR)},
        "call_dollars": str(total),
        "webhooks": played.webhooks(),
        "call_parts": {name: str(part) for name, part in call.items()},
        "agent_hour_dollars": str(agent_hour),
        "agent_hour_parts": {name: str(part) for name, part in hour.items()},
    }
    return keep("price", json.loads(json.dumps(measured)), within=within)


def of_call(played: Played) -> dict[str, Decimal]:
    """Dollars by service."""
    wru, rru = played.total()
    webhooks, work = played.webhooks(), sum(s.what.startswith("work") for s in played.steps)
    desk = played.invocations() - webhooks - work
    return {
        "api_gateway": dollars("aws.apigateway.request", webhooks + desk),
        "lambda": lambda_dollars(webhooks + desk, WEBHOOK_MS) + lambda_dollars(work, WORK_MS),
        "dynamodb": dollars("aws.dynamodb.wru", wru) + dollars("aws.dynamodb.rru", rru),
        "sqs": dollars("aws.sqs.request", work * SQS_REQUESTS),
        "events": EVENTS * streamed(),
        "usage_records": played.invocations() * streamed(),
    }


def of_agent_hour() -> dict[str, Decimal]:
    """Dollars by service of one agent, signed in for an hour: heartbeats over the WebSocket and checks of the lease."""
    with centre(AGENTS) as (made, tenant, _):
        made.present = False
        made.run(ON_ITS_WAY_S)
        made.beat_every(tenant, BEAT_EVERY_S)
        made.run(1_000)
        made.steps.clear()
        made.run(3_600)
        steps = [s for s in made.steps if s.what in ("desk heartbeat", "work presence")]
    beats, checks = (sum(s.what == what for s in steps) // AGENTS for what in ("desk heartbeat", "work presence"))
    wru, rru = (sum(getattr(s, unit) for s in steps) / AGENTS for unit in ("wru", "rru"))
    return {
        "socket": beats * SOCKET_MESSAGE + 60 * SOCKET_MINUTE,
        "lambda": lambda_dollars(beats + checks, BEAT_MS, LIVE_MB),
        "dynamodb": dollars("aws.dynamodb.wru", wru) + dollars("aws.dynamodb.rru", rru),
        "sqs": dollars("aws.sqs.request", checks * SQS_REQUESTS),
    }


def streamed() -> Decimal:
    """A record of up to a kB: put, got by each consumer, delivered to the lake."""
    return dollars("aws.kinesis.in_kb", 1) + dollars("aws.kinesis.read_kb", READERS) + dollars("aws.firehose.kb", 1)


def lambda_dollars(invocations: int, ms: int, memory_mb: int = API_MB) -> Decimal:
    """Requests and their time."""
    size = Decimal(memory_mb) * ms
    return invocations * (dollars("aws.lambda.request", 1) + dollars("aws.lambda.mb_ms", size))


@cache
def dollars(meter: str, quantity: float | Decimal) -> Decimal:
    """What the quantity costs by the book."""
    price = current().price(meter, AT)
    return price.billed(Decimal(str(quantity))) * price.price / price.per


if __name__ == "__main__":
    sys.exit(main())
