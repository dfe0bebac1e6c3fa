"""Numbers as people and carriers write them."""

import pytest
from offhook.usecases.customers.numbers import e164


@pytest.mark.parametrize(
    ("written", "region", "kept"),
    [
        ("+1 (415) 555-2671", "", "+14155552671"),
        ("(415) 555-2671", "US", "+14155552671"),
        ("089 123456", "DE", "+4989123456"),
        ("+86 138 0013 8000", "", "+8613800138000"),
    ],
)
def test_a_number_is_kept_in_its_international_form(written: str, region: str, kept: str):
    assert e164(written, region) == kept


@pytest.mark.parametrize(
    "written",
    ["", "anonymous", "unknown", "Restricted", "client:ann", "+266696687", "+7378742833", "+1", "123", "1" * 60, "+٤٤"],
)
def test_a_withheld_or_senseless_number_is_no_number(written: str):
    assert e164(written) is None


def test_a_local_number_without_a_country_to_assume_is_no_number():
    assert e164("(415) 555-2671") is None
