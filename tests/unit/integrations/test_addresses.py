"""The rule against being sent to our own inside: every bad address in every spelling is refused, good ones are not."""

import ipaddress
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offhook.adapters.http_sender import GuardedSender
from offhook.domain.integrations.addresses import AddressRefused, Policy, is_public, target_of
from offhook.domain.integrations.payloads import body_of
from offhook.domain.integrations.requests import Outbound
from offhook.domain.integrations.signing import secret_of, signature
from standardwebhooks import Webhook

POLICY = Policy(frozenset({"offhook.example.com"}))
BAD_4 = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.1.2.3",
    "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1",
    "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "192.175.48.1", "198.18.0.1",
    "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "100.100.100.200",
)  # fmt: skip
BAD_6 = (
    "::", "::1", "::127.0.0.1", "::169.254.169.254", "::ffff:0:0", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::", "3fff::1",
    "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
)  # fmt: skip
GOOD = (
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1",
    "192.0.1.1", "198.17.255.255", "198.20.0.1", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e",
    "2001:4860:4860::8888", "2620:fe::fe", "::ffff:8.8.8.8",
)  # fmt: skip


def spellings(address: str) -> list[str]:
    """Ways to write an IPv4 address that some reader of addresses understands."""
    a, b, c, d = (int(part) for part in address.split("."))
    whole = int(ipaddress.IPv4Address(address))
    wide = address.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    circled = address.translate(str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨"))
    return [
        address, f"{address}.", str(whole), hex(whole), f"0{whole:o}", f"0x{a:02x}.0x{b:02x}.0x{c:02x}.0x{d:02x}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"{a}.{b * 65536 + c * 256 + d}", f"{a}.{b}.{c * 256 + d}",
        f"{a}.{b}.{c}.0x{d:x}", f"[::ffff:{address}]", f"[::{address}]", f"[64:ff9b::{address}]",
        f"[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::]", wide, circled,
        f"{address}%2e", f"{address}%00.example.com", f"user@{address}", f"example.com@{address}",
        f"{address}:443", f"{address}\\@example.com", f" {address}", f"{address}#.example.com", f"\t{address}",
    ]  # fmt: skip


@pytest.mark.parametrize("address", [*BAD_4, *BAD_6])
def test_an_address_inside_is_not_public_also_as_ipv4_in_ipv6(address: str) -> None:
    assert not is_public(address)
    if ":" not in address:
        assert not is_public(f"::ffff:{address}")


@pytest.mark.parametrize("address", GOOD)
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", [*BAD_4, *(a for a in GOOD if ":" not in a)])
@pytest.mark.parametrize("scheme", ["https", "HTTPS", "http", "ftp", "file", "gopher", ""])
def test_no_spelling_of_an_address_is_a_name(address: str, scheme: str) -> None:
    for host in spellings(address):
        with pytest.raises(AddressRefused):
            target_of(f"{scheme}://{host}/", POLICY)


@pytest.mark.parametrize("url", [
    "", "https://", "https:///x", "https://localhost/", "https://a.localhost/", "https://intranet/", "https://x.local/",
    "https://metadata.google.internal/", "https://offhook.example.com/", "https://api.offhook.example.com/",
    "https://API.Offhook.Example.com./", "https://example.com:80/", "https://example.com:8443/", "https://example.com:0/",
    "https://example.com:99999/", "https://u:p@example.com/", "https://u@example.com/", "http://example.com/",
    "https://example.com/#x", "https://exa mple.com/", "https://example.com/\r\nHost: x", "https://-a.example.com/",
    "https://a..example.com/", "https://example.com/" + "x" * 2048, "https://[fe80::1]/", "https://[::1]:443/",
    "//example.com/", "javascript:alert(1)", "https://example.com\\@10.0.0.1/", "https://ex%61mple.com/",
    "https://a_b.example.com/", "https://" + "a" * 64 + ".com/", "https://" + "a." * 130 + "com/", "https://例え.テスト/é",
])  # fmt: skip
def test_an_address_that_is_no_public_https_address_is_refused_by_name(url: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        target_of(url, POLICY)
    assert refused.value.field == "$.url"


@pytest.mark.parametrize(("url", "host", "path"), [
    ("https://example.com", "example.com", "/"),
    ("https://Hooks.Example.COM/a/b?c=d&e", "hooks.example.com", "/a/b?c=d&e"),
    ("https://example.com:443/x", "example.com", "/x"),
    ("https://例え.jp/", "xn--r8jz45g.jp", "/"),
    ("https://notoffhook.example.com/", "notoffhook.example.com", "/"),
])  # fmt: skip
def test_a_public_https_address_is_taken_apart(url: str, host: str, path: str) -> None:
    target = target_of(url, POLICY)
    assert (target.host, target.port, target.path, target.tls) == (host, 443, path, True)


def test_another_port_is_for_plans_that_have_it() -> None:
    assert target_of("https://example.com:8443/", Policy(ports=frozenset({443, 8443}))).port == 8443


@given(st.integers(0, 2**32 - 1))
def test_what_python_calls_private_is_never_public(number: int) -> None:
    address = ipaddress.IPv4Address(number)
    if is_public(str(address)):
        assert address.is_global and not address.is_multicast and not address.is_reserved


@given(st.integers(0, 2**128 - 1))
def test_what_python_calls_private_in_ipv6_is_never_public(number: int) -> None:
    address = ipaddress.IPv6Address(number)
    if is_public(str(address)) and not address.ipv4_mapped:
        assert not (address.is_private or address.is_multicast or address.is_link_local or address.is_loopback)


@given(st.sampled_from([*BAD_4, *BAD_6]), st.lists(st.sampled_from(GOOD), max_size=3), st.randoms())
def test_one_bad_answer_among_good_ones_is_enough_to_refuse(bad: str, good: list[str], chance: object) -> None:
    answers = (*good, bad)
    sender = GuardedSender(POLICY, lambda host, port: answers)
    assert sender.send(Outbound("POST", "https://hooks.example.com/", timeout_s=5)).reason == "address_refused"


@given(st.binary(min_size=32, max_size=32), st.text(), st.integers(0, 4_000_000_000))
def test_our_signatures_are_those_of_the_public_library(chance: bytes, text: str, at_s: int) -> None:
    from datetime import UTC, datetime

    secret, body = secret_of(chance), json.dumps(text)
    oracle = Webhook(secret).sign("dl_1", datetime.fromtimestamp(at_s, UTC), body)
    assert signature(secret, "dl_1", at_s, body.encode()) == oracle


def test_what_is_sent_is_compact_and_has_no_tenant() -> None:
    event = {"event_id": "contact:c_1:3:1", "tenant": "t_a", "type": "key_pressed", "at": 1, "keys": "é", "dt": "x"}
    said = json.loads(body_of(event))
    assert said == {"type": "key.pressed", "timestamp": "1970-01-01T00:00:00.001Z", "resource": "c_1",
                    "sequence": 3001, "data": {"keys": "é"}}  # fmt: skip
