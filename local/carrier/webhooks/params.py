"""The parameters that every voice request carries."""

from local.carrier.model.call import Call, CallStatus, Direction

API_VERSION = "2010-04-01"
_COUNTRIES = {
    "+1": "US", "+33": "FR", "+34": "ES", "+39": "IT", "+41": "CH", "+43": "AT", "+44": "GB", "+48": "PL",
    "+49": "DE", "+61": "AU", "+81": "JP",
}  # fmt: skip


def country_of(number: str) -> str:
    """The country of an E.164 number as far as the simulator knows it; empty otherwise."""
    return next((_COUNTRIES[number[:end]] for end in (3, 2) if number[:end] in _COUNTRIES), "")


def _places(side: str, number: str) -> dict[str, str]:
    if not number.startswith("+"):
        return {}
    return {f"{side}City": "", f"{side}State": "", f"{side}Zip": "", f"{side}Country": country_of(number)}


def call_params(call: Call) -> dict[str, str]:
    """Standard voice parameters; all values are strings, what does not apply is absent."""
    status = CallStatus.RINGING if call.status is CallStatus.INITIATED else call.status
    form = {
        "CallSid": call.sid, "AccountSid": call.account_sid, "From": call.from_, "To": call.to,
        "Caller": call.from_, "Called": call.to, "CallStatus": status.value, "ApiVersion": API_VERSION,
        "Direction": call.direction.value,
    }  # fmt: skip
    for side, number in (("From", call.from_), ("To", call.to), ("Caller", call.from_), ("Called", call.to)):
        form |= _places(side, number)
    return form | _sometimes(call)


def _sometimes(call: Call) -> dict[str, str]:
    form = {
        "ParentCallSid": call.parent_sid or "", "ApplicationSid": call.application_sid,
        "ForwardedFrom": call.forwarded_from, "StirVerstat": _verstat(call),
    }  # fmt: skip
    return {name: value for name, value in form.items() if value} | call.extra_params


def _verstat(call: Call) -> str:
    return "TN-Validation-Passed-A" if call.direction is Direction.INBOUND and call.from_.startswith("+1") else ""
