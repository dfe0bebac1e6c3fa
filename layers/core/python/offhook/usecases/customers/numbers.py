"""Telephone numbers as people write them, to E.164 as they are kept."""

import re

from offhook.domain.ivr.numbers import caller_number

_DIGITS = re.compile(r"[0-9]")


def e164(written: str, region: str = "") -> str | None:
    """The number in E.164, or None when it is withheld or no number of any country.

    region: ISO country of numbers written without a country code; "" = there is none to assume.
    The numbering plans are imported on first use: call webhooks, whose numbers come ready made, never need them.
    """
    if not _DIGITS.search(written) or len(written) > 40:
        return None
    import phonenumbers

    try:
        number = phonenumbers.parse(written, region or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return caller_number(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)) or None
