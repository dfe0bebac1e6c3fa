"""The operator's view: what each tenant pays and costs, the bill shared to the cent, and what nobody used."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from offhook.domain.metering.bill import PLATFORM, BillLine, LineShares, Policy, Spread, share_all
from offhook.domain.metering.settle import settled
from offhook.stores.ledger import ClosedBill, Ledger
from offhook.usecases.deps import Deps
from offhook.usecases.metering import statement
from offhook.usecases.metering.months import parse_month
from offhook.usecases.metering.platform import ORPHAN

PICOS_A_CENT = 10**10


@dataclass(frozen=True, slots=True)
class TenantMonth:
    """One tenant's month: what it cost by meter, in picos, and what it pays, in cents. orphans: see margins."""

    tenant: str
    costs: Mapping[str, int]
    revenue: int
    orphans: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Margin:
    """Cents of a month; margin = revenue - cost."""

    tenant: str
    revenue: int
    cost: int

    @property
    def margin(self) -> int:
        """What is left."""
        return self.revenue - self.cost


@dataclass(frozen=True, slots=True)
class Margins:
    """A month. rows: the worst margin first, the platform's own among them; their costs sum to the bill.

    unexplained: cents of direct lines that nobody was metered for, summed without regard to sign; direct: those
    lines' cents. orphans: picos used for tenants that are gone.
    """

    month: str
    bill: int
    rows: tuple[Margin, ...]
    direct: int
    unexplained: int
    orphans: Mapping[str, int]


# What a bill's lines are measured by, and how their rest is spread: the declared policies.
POLICIES: Mapping[str, tuple[tuple[str, ...], Policy, bool]] = {
    "AmazonApiGateway": (("aws.apigateway.",), Policy(Spread.PROPORTIONAL, ("aws.apigateway.",)), True),
    "AmazonAthena": (("aws.athena.",), Policy(Spread.PROPORTIONAL, ("aws.athena.",)), True),
    "AmazonDynamoDB": (
        ("aws.dynamodb.wru", "aws.dynamodb.rru"),
        Policy(Spread.PROPORTIONAL, ("aws.dynamodb.wru", "aws.dynamodb.rru")),
        True,
    ),
    "AWSLambda": (("aws.lambda.",), Policy(Spread.PROPORTIONAL, ("aws.lambda.",)), True),
    "AmazonKinesis": (("aws.kinesis.",), Policy(Spread.PROPORTIONAL, ("aws.kinesis.",)), False),
    "AmazonKinesisFirehose": (("aws.firehose.",), Policy(Spread.PROPORTIONAL, ("aws.firehose.",)), False),
    "AWSQueueService": (("aws.sqs.",), Policy(Spread.PROPORTIONAL, ("aws.sqs.",)), False),
    "AmazonS3": (("aws.s3.",), Policy(Spread.PROPORTIONAL, ("aws.s3.", "carrier.recording")), False),
    "awskms": (("aws.kms.",), Policy(Spread.EVEN), False),
    "AmazonSES": (("aws.ses.",), Policy(Spread.PROPORTIONAL, ("aws.ses.",)), False),
    "AmazonCognito": (("aws.cognito.",), Policy(Spread.PROPORTIONAL, ("aws.cognito.",)), False),
    "AmazonCloudWatch": ((), Policy(Spread.PROPORTIONAL, ("aws.lambda.",)), False),
    "carrier": (("carrier.",), Policy(Spread.PROPORTIONAL, ("carrier.",)), True),
}


def bill_line(month: str, service: str, usage_type: str, amount: int) -> BillLine:
    """A line of a provider's invoice with its declared policy; an unknown service (support, tax) is the platform's."""
    meters, policy, direct = POLICIES.get(service, ((), Policy(), False))
    return BillLine(f"{month}/{service}/{usage_type}", amount, meters, policy, direct)


def tenant_month(deps: Deps, month: str, fees: int = 0) -> TenantMonth:
    """What a tenant's month cost and brings; fees: cents that it pays beside usage."""
    costs: dict[str, int] = defaultdict(int)
    for day in Ledger(deps.items, deps.tenant.id).costs(parse_month(month)).values():
        for meter, picos in settled(day).items():
            costs[meter] += picos
    revenue = 0 if deps.tenant.id == PLATFORM else statement.of(deps, month).total + fees
    return TenantMonth(deps.tenant.id, dict(sorted(costs.items())), revenue)


def orphans(deps: Deps, tenants: Iterable[str]) -> dict[str, int]:
    """Picos by tenant that is gone, of what the platform booked for it; deps: the platform's."""
    names = [f"{ORPHAN}{tenant}" for tenant in tenants]
    found = Ledger(deps.items, deps.tenant.id).entries(names)
    return {e.name.removeprefix(ORPHAN): sum(s.picos for s in e.account.totals.values()) for e in found}


def close_bill(platform: Deps, month: str, lines: Sequence[BillLine], parts: Iterable[TenantMonth]) -> ClosedBill:
    """Share a month's bill and keep that for ever; again: what was kept, to the byte. platform: its own deps."""
    kept = Ledger(platform.items, platform.tenant.id).bill(parse_month(month))
    if kept is not None:
        return kept
    closed = ClosedBill(month, 1, share_all(lines, {part.tenant: part.costs for part in parts}))
    return Ledger(platform.items, platform.tenant.id).keep_bill(closed)


def restate_bill(platform: Deps, month: str, lines: Sequence[BillLine], parts: Iterable[TenantMonth]) -> ClosedBill:
    """Share it anew as the next version; the versions before stay."""
    kept = Ledger(platform.items, platform.tenant.id).bill(parse_month(month))
    version = kept.version + 1 if kept else 1
    closed = ClosedBill(month, version, share_all(lines, {part.tenant: part.costs for part in parts}))
    return Ledger(platform.items, platform.tenant.id).keep_bill(closed)


@dataclass(frozen=True, slots=True)
class MeteredMargin:
    """Cents of a month so far, by what was metered; the supplier's bill, once there, is shared to the cent."""

    tenant: str
    revenue: int
    cost: int
    margin: int


def metered(parts: Iterable[TenantMonth]) -> list[MeteredMargin]:
    """Tenants by margin before there is a bill, the worst first; a started cent of cost counts whole."""
    found = []
    for part in parts:
        cost = -(-sum(part.costs.values()) // PICOS_A_CENT)
        found.append(MeteredMargin(part.tenant, part.revenue, cost, part.revenue - cost))
    return sorted(found, key=lambda one: (one.margin, one.tenant))


def margins(
    month: str, shares: Sequence[LineShares], parts: Sequence[TenantMonth], gone: Mapping[str, int] | None = None
) -> Margins:
    """Tenants by margin, over a shared bill."""
    costs: dict[str, int] = defaultdict(int)
    for line in shares:
        costs[PLATFORM] += line.platform
        for tenant, cents in line.charged.items():
            costs[tenant] += cents
    revenue = {part.tenant: part.revenue for part in parts}
    rows = [Margin(t, revenue.get(t, 0), costs[t]) for t in sorted({*revenue, *costs})]
    direct = [line for line in shares if line.direct]
    return Margins(
        month,
        sum(line.amount for line in shares),
        tuple(sorted(rows, key=lambda row: (row.margin, row.tenant))),
        sum(line.amount for line in direct),
        sum(abs(line.unexplained) for line in direct) // PICOS_A_CENT,
        gone or {},
    )
