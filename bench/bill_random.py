"""Random bills for the identity tenants + platform = bill: credits, zero weights, ties, one to thousands of tenants."""

from random import Random

from offhook.domain.metering.bill import PLATFORM, BillLine, Costs, Policy, Spread

METERS = (
    "aws.lambda.mb_ms", "aws.dynamodb.wru", "aws.athena.byte", "carrier.voice.inbound", "aws.ses.mail",
    "aws.kinesis.read_kb", "aws.s3.byte_month", "carrier.number_month", "aws.cognito.user_month",
)  # fmt: skip


def random_bill(chance: Random, most_tenants: int) -> tuple[list[BillLine], Costs]:
    """Lines in cents, and what each tenant was metered, in picos."""
    tenants = [f"t_{n:05d}" for n in range(chance.randint(1, most_tenants))]
    costs: dict[str, dict[str, int]] = {tenant: _costs(chance) for tenant in tenants}
    if chance.random() < 0.5:
        costs[PLATFORM] = _costs(chance)
    lines = [_line(chance, n, costs, tenants) for n in range(chance.randint(1, 6))]
    return lines, costs


def _costs(chance: Random) -> dict[str, int]:
    chosen = chance.sample(METERS, chance.randint(0, len(METERS)))
    return {meter: chance.choice((0, 1, chance.randrange(10**9), chance.randrange(10**15))) for meter in chosen}


def _line(chance: Random, number: int, costs: Costs, tenants: list[str]) -> BillLine:
    meters = tuple(chance.sample(METERS, chance.randint(0, 2)))
    metered = sum(of.get(meter, 0) for of in costs.values() for meter in meters) // 10**10
    near = round(metered * chance.uniform(0.95, 1.1)) + chance.randint(-3, 3)
    amount = chance.choice((0, near, -near, chance.randint(-(10**6), 10**8), 1, -1))
    return BillLine(f"line-{number}", amount, meters, _policy(chance, tenants))


def _policy(chance: Random, tenants: list[str]) -> Policy:
    match chance.choice(tuple(Spread)):
        case Spread.PROPORTIONAL:
            return Policy(Spread.PROPORTIONAL, tuple(chance.sample(METERS, chance.randint(0, 3))))
        case Spread.FIXED:
            some = chance.sample(tenants, chance.randint(0, min(5, len(tenants))))
            return Policy(Spread.FIXED, shares={tenant: chance.randint(0, 3) for tenant in some})
        case spread:
            return Policy(spread)
