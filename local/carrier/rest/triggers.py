"""Usage triggers: an address that is told when an account has used more than a value."""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from local.carrier import errors, ids, times
from local.carrier.model.account import UsageTrigger
from local.carrier.rest.callbacks import checked
from local.carrier.rest.http import RestRequest, RestResponse, as_json, no_content
from local.carrier.rest.paging import page

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

RECURRING = ("daily", "monthly", "yearly", "alltime", "")
MEASURES = ("count", "usage", "price")


def listing(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    mine = [one for one in carrier.accounts.triggers.values() if one.account_sid == account]
    for name, attribute in (("Recurring", "recurring"), ("TriggerBy", "trigger_by"), ("UsageCategory", "category")):
        if request.text(name):
            mine = [one for one in mine if getattr(one, attribute) == request.text(name)]
    return page(request, "usage_triggers", mine, render)


def create(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    """There is no idempotency key, and names need not be unique."""
    for needed in ("CallbackUrl", "TriggerValue", "UsageCategory"):
        if not request.text(needed):
            raise errors.RestError(20001, f"Missing required parameter {needed}")
    trigger = UsageTrigger(
        ids.sid(carrier.rng, "UT"),
        account,
        request.text("FriendlyName"),
        checked("CallbackUrl", request.text("CallbackUrl")),
        _value(request),
        request.text("UsageCategory"),
        carrier.clock.now(),
        _one_of(request, "TriggerBy", "usage", MEASURES),
        _one_of(request, "Recurring", "", RECURRING),
        request.method_of("CallbackMethod"),
    )
    carrier.accounts.triggers[trigger.sid] = trigger
    return as_json(201, render(trigger))


def fetch(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    return as_json(200, render(_trigger(carrier, request, account, sid)))


def update(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    trigger = _trigger(carrier, request, account, sid)
    trigger.friendly_name = request.text("FriendlyName") or trigger.friendly_name
    if request.has("CallbackUrl"):
        trigger.callback_url = checked("CallbackUrl", request.text("CallbackUrl"))
    return as_json(200, render(trigger))


def delete(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    del carrier.accounts.triggers[_trigger(carrier, request, account, sid).sid]
    return no_content()


def _trigger(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> UsageTrigger:
    trigger = carrier.accounts.triggers.get(sid)
    if trigger is None or trigger.account_sid != account:
        raise errors.not_found(request.path)
    return trigger


def _value(request: RestRequest) -> str:
    text = request.text("TriggerValue")
    try:
        Decimal(text)
    except InvalidOperation as error:
        raise errors.invalid_parameter("TriggerValue", text) from error
    return text


def _one_of(request: RestRequest, name: str, default: str, known: tuple[str, ...]) -> str:
    value = request.text(name, default)
    if value not in known:
        raise errors.invalid_parameter(name, value)
    return value


def render(trigger: UsageTrigger) -> dict[str, Any]:
    created = times.rfc2822(trigger.created_at)
    return {
        "sid": trigger.sid, "account_sid": trigger.account_sid, "api_version": "2010-04-01",
        "friendly_name": trigger.friendly_name, "callback_url": trigger.callback_url,
        "callback_method": trigger.callback_method, "current_value": trigger.current_value,
        "trigger_value": trigger.trigger_value, "usage_category": trigger.category, "trigger_by": trigger.trigger_by,
        "recurring": trigger.recurring or None, "date_created": created, "date_updated": created,
        "date_fired": times.rfc2822(trigger.fired_at) if trigger.fired_at else None,
        "usage_record_uri": f"/2010-04-01/Accounts/{trigger.account_sid}/Usage/Records.json",
        "uri": f"/2010-04-01/Accounts/{trigger.account_sid}/Usage/Triggers/{trigger.sid}.json",
    }  # fmt: skip
