"""What a day cost us in the end: what the carrier bills replaces what was measured, where it has said so."""

from collections.abc import Mapping

from offhook.domain.metering.records import BILLED

# Categories that do not overlap, each with the meters that it bills: the carrier's others are parts or sums of these.
CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "calls-inbound": ("carrier.voice.inbound",),
    "calls-outbound": ("carrier.voice.outbound",),
    "calls-client": ("carrier.voice.client",),
    "calls-sip": ("carrier.voice.sip",),
    "recordings": ("carrier.recording",),
    "sms": ("carrier.message",),
    "phonenumbers": ("carrier.number_month",),
}
TRUE_UP = "carrier.true_up."


def settled(day: Mapping[str, int]) -> dict[str, int]:
    """Picos by meter that sum to the final cost; what measuring missed or had too much is a meter of its own."""
    found = {meter: picos for meter, picos in day.items() if not meter.startswith(BILLED)}
    for category, meters in CATEGORIES.items():
        billed = day.get(f"{BILLED}{category}")
        if billed is not None:
            off = billed - sum(day.get(meter, 0) for meter in meters)
            found |= {f"{TRUE_UP}{category}": off} if off else {}
    return dict(sorted(found.items()))


def measured(day: Mapping[str, int]) -> dict[str, int]:
    """Picos by meter as we measured and the carrier priced single things, before a day's bill."""
    return {meter: picos for meter, picos in sorted(day.items()) if not meter.startswith(BILLED)}
