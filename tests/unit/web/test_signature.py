"""Signatures of the carrier: its documented vectors, and its own library as the judge of everything else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from multidict import MultiDict
from offhook.adapters.carrier.twilio.signature import is_signed, sign, url_forms
from twilio.request_validator import RequestValidator

TOKEN = "12345"
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FIELDS = [
    ("CallSid", "CA1234567890ABCDE"),
    ("Digits", "1234"),
    ("From", "+14158675309"),
    ("To", "+18005551212"),
    ("Caller", "+14158675309"),
]
DOCUMENTED = [
    (URL, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ("https://mycompany.com:1234/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ("http://mycompany.com:1234/myapp.php?foo=1&bar=2", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
    ("https://mycompany.com/myapp.php?foo=1&bar=2", "kvajT1Ptam85bY51eRf/AJRuM3w="),
    ("http://mycompany.com/myapp.php?foo=1&bar=2", "0ZXoZLH/DfblKGATFgpif+LLRf4="),
]
words = st.text(max_size=12)
hosts = st.sampled_from(["http://127.0.0.1:8080", "https://api.example.com", "https://api.example.com:8443"])


@pytest.mark.parametrize(("url", "expected"), DOCUMENTED)
def test_documented_signatures_are_accepted(url: str, expected: str) -> None:
    assert is_signed([TOKEN], url, FIELDS, expected)


@pytest.mark.parametrize(("url", "expected"), DOCUMENTED)
def test_documented_signatures_are_refused_for_another_token(url: str, expected: str) -> None:
    assert not is_signed(["54321"], url, FIELDS, expected)


def test_the_url_alone_is_signed_when_there_are_no_fields() -> None:
    assert sign(TOKEN, URL, []) == RequestValidator(TOKEN).compute_signature(URL, {})


def test_the_previous_token_is_accepted_during_rotation() -> None:
    assert is_signed(["new", TOKEN], URL, FIELDS, sign(TOKEN, URL, FIELDS))


def test_no_token_signs_nothing() -> None:
    assert not is_signed([], URL, FIELDS, sign(TOKEN, URL, FIELDS))


@pytest.mark.parametrize("given", ["", "AAAA", "nö", sign(TOKEN, URL, FIELDS)[:-1]])
def test_what_is_no_signature_is_refused(given: str) -> None:
    assert not is_signed([TOKEN], URL, FIELDS, given)


@settings(max_examples=200, deadline=None)
@given(host=hosts, token=words, fields=st.lists(st.tuples(words, words), max_size=8))
def test_signatures_equal_those_of_the_carriers_own_library(
    host: str, token: str, fields: list[tuple[str, str]]
) -> None:
    url = f"{host}/v1/ivr/calls"
    assert sign(token, url, fields) == RequestValidator(token).compute_signature(url, MultiDict(fields))


@settings(max_examples=100, deadline=None)
@given(host=hosts, fields=st.dictionaries(words, words, max_size=6), cut=st.integers(0, 5))
def test_acceptance_equals_that_of_the_carriers_own_library(host: str, fields: dict[str, str], cut: int) -> None:
    url = f"{host}/v1/ivr/calls"
    given_signature = sign(TOKEN, url_forms(url)[cut % 2], list(fields.items()))[cut // 4 :]
    library = RequestValidator(TOKEN).validate(url, fields, given_signature)
    assert is_signed([TOKEN], url, list(fields.items()), given_signature) == library
