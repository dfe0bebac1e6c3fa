"""Usage triggers go off when something was priced, once a period each."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from local.carrier import ids, times
from local.carrier.model.account import UsageTrigger
from local.carrier.webhooks.sender import Outgoing

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


def fire(carrier: "Carrier", account_sid: str) -> None:
    """Tell the addresses of the account's triggers that are reached and have not told it in this period."""
    from local.carrier.rest import usage  # the lists of usage import the prices

    today = times.utc_day(carrier.clock.now())
    for trigger in [one for one in carrier.accounts.triggers.values() if one.account_sid == account_sid]:
        start = _start(trigger, today)
        lines = usage.used(carrier, account_sid, trigger.category, start)
        values = {"count": Decimal(len(lines)), "usage": sum((Decimal(line.usage) for line in lines), Decimal(0))}
        value = values.get(trigger.trigger_by, sum((line.price for line in lines), Decimal(0)))
        trigger.current_value = str(value)
        if value >= Decimal(trigger.trigger_value) and trigger.fired_on != start.isoformat():
            trigger.fired_on, trigger.fired_at = start.isoformat(), carrier.clock.now()
            _tell(carrier, trigger)


def _start(trigger: UsageTrigger, today: date) -> date:
    firsts = {"daily": today, "monthly": today.replace(day=1), "yearly": today.replace(month=1, day=1)}
    return firsts.get(trigger.recurring, date.min)


def _tell(carrier: "Carrier", trigger: UsageTrigger) -> None:
    form = {
        "AccountSid": trigger.account_sid, "UsageTriggerSid": trigger.sid, "Recurring": trigger.recurring,
        "UsageCategory": trigger.category, "TriggerBy": trigger.trigger_by, "TriggerValue": trigger.trigger_value,
        "CurrentValue": trigger.current_value, "DateFired": times.rfc2822(carrier.clock.now()) or "",
        "IdempotencyToken": f"{ids.sid(carrier.rng, 'UT')}-FIRES-{trigger.fired_on}",
    }  # fmt: skip
    out = Outgoing("usage", trigger.account_sid, trigger.callback_url, trigger.callback_method, form)
    carrier.sender.notify(out)
