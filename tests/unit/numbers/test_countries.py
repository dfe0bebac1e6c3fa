"""To which country a number belongs, and which a tenant may call."""

import re
from pathlib import Path

import pytest
from offhook.domain.errors import Forbidden, InvalidInput, PreconditionFailed
from offhook.domain.numbers.countries import all_countries, country_of
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.usecases.numbers import calling

from tests.unit.numbers.worlds import Shop


@pytest.mark.parametrize(
    "number, country",
    [
        ("+14155550100", "US"), ("+14165550100", "CA"), ("+18765550100", "JM"), ("+17875550100", "PR"),
        ("+442079460000", "GB"), ("+441481960000", "GG"), ("+447911123456", "GB"), ("+74951234567", "RU"),
        ("+77271234567", "KZ"), ("+390612345678", "IT"), ("+390669812345", "VA"), ("+4930123456", "DE"),
        ("+8613812345678", "CN"), ("+85212345678", "HK"), ("+35312345678", "IE"), ("+998901234567", "UZ"),
        ("+19005550100", ""), ("+881612345678", ""), ("+88213300000", ""), ("+979123456789", ""), ("+4987112345", "DE"),
        ("+448712345678", ""), ("+449098790000", ""), ("+999123456789", ""), ("", ""), ("+", ""),
    ],
)  # fmt: skip
def test_the_country_of_a_number(number, country):
    assert country_of(number) == country


def test_every_country_has_two_letters():
    assert len(all_countries()) > 220
    assert all(len(one) == 2 and one.isupper() for one in all_countries())


@pytest.fixture
def deps():
    return Shop().desk().deps


def test_at_first_home_and_north_america_may_be_called(deps):
    for number in ("+4930123456", "+14155550100", "+14165550100"):
        calling.may_call(deps, number)
    for number in ("+18765550100", "+33155550100", "+19005550100", "+881612345678"):
        with pytest.raises(calling.CountryNotAllowed):
            calling.may_call(deps, number)


def test_the_list_is_the_tenants(deps):
    set_ = calling.allow(deps, ("FR", "DE", "FR"), calling.rules(deps).version)
    assert (set_.countries, set_.version) == (("DE", "FR"), 1)
    calling.may_call(deps, "+33155550100")
    with pytest.raises(calling.CountryNotAllowed):
        calling.may_call(deps, "+14155550100")
    with pytest.raises(PreconditionFailed):
        calling.allow(deps, ("US",), 0)
    calling.allow(deps, (), 1)
    with pytest.raises(calling.CountryNotAllowed):
        calling.may_call(deps, "+33155550100")


def test_an_unknown_country_and_no_number_are_named(deps):
    with pytest.raises(InvalidInput) as refused:
        calling.allow(deps, ("US", "XX"), 0)
    assert refused.value.field == "$.countries[1]"
    with pytest.raises(InvalidInput):
        calling.may_call(deps, "110")


@pytest.mark.parametrize("status", [TenantStatus.SUSPENDED, TenantStatus.CLOSING, TenantStatus.CLOSED])
def test_a_tenant_that_may_not_call_calls_nobody(status):
    shop = Shop()
    shop.restatus(status=status)
    with pytest.raises(Forbidden):
        calling.may_call(shop.desk().deps, "+4930123456")


def test_the_console_offers_every_country_that_has_numbers() -> None:
    listed = (Path(__file__).parents[3] / "console/src/lib/countries.ts").read_text("utf-8")
    assert set(re.findall(r"\b[A-Z]{2}\b", listed)) == all_countries()
