"""The console behind the CDN: what browsers may do with it, which addresses are screens, how a build is published."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from offhook.adapters import guard

from infra import console
from infra.console_headers import ASKED_AGAIN, KEPT_A_YEAR, SECURITY, content_policy
from local.edge import pages
from tests.infra.conftest import Assembly
from tests.unit.adapters.recording_wire import Wire

STORED = """<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated>{}</ListBucketResult>"""
OBJECT = "<Contents><Key>{}</Key><LastModified>{}</LastModified><Size>1</Size></Contents>"
LONG_AGO, JUST_NOW = "2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"


def headers_of(assembly: Assembly) -> dict[str, Any]:
    (policy,) = assembly.properties("edge", "AWS::CloudFront::ResponseHeadersPolicy")
    found: dict[str, Any] = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    return found


def test_the_cdn_and_the_local_port_say_the_same_about_security(assembly: Assembly) -> None:
    said = headers_of(assembly)
    assert {"Content-Security-Policy": content_policy(), **SECURITY} == pages.HEADERS
    assert said["ContentTypeOptions"] == {"Override": True} and SECURITY["X-Content-Type-Options"] == "nosniff"
    assert said["FrameOptions"] == {"FrameOption": SECURITY["X-Frame-Options"], "Override": True}
    assert said["ReferrerPolicy"] == {"ReferrerPolicy": SECURITY["Referrer-Policy"], "Override": True}
    assert said["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == 365 * 86_400


def test_the_cdns_policy_is_the_local_one_with_the_hosts_that_only_aws_has(assembly: Assembly) -> None:
    policy = headers_of(assembly)["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    text = "".join(part if isinstance(part, str) else "x" for part in policy["Fn::Join"][1])
    hosts = re.compile(r" (https|wss)://(?!\*\.twilio\.com)[^ ;]+")
    assert hosts.sub("", text) == content_policy()
    assert {"https://api.offhook.example", "wss://ws.offhook.example"} <= set(text.split())


def test_screens_are_the_one_page_for_the_consoles_addresses_and_not_for_the_apis(assembly: Assembly) -> None:
    (cdn,) = assembly.properties("edge", "AWS::CloudFront::Distribution")
    shape = cdn["DistributionConfig"]
    assert [one["EventType"] for one in shape["DefaultCacheBehavior"]["FunctionAssociations"]] == ["viewer-request"]
    (api,) = shape["CacheBehaviors"]
    assert api["PathPattern"] == "/v1/*" and "FunctionAssociations" not in api
    assert "CustomErrorResponses" not in shape, "an API's 404 would become a page"


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/", "/index.html"),
        ("/desk", "/index.html"),
        ("/board/a.b.c", "/index.html"),
        ("/assets-of-mine", "/index.html"),
        ("/assets/index-1.js", "/assets/index-1.js"),
        ("/icon.svg", "/icon.svg"),
    ],
)
def test_what_is_no_file_of_the_build_is_a_screen(asked: str, given: str) -> None:
    pattern = re.search(r"!/(.*)/\.test", console.screens_function())
    assert pattern is not None
    assert (asked if re.search(pattern[1].replace("\\/", "/"), asked) else "/index.html") == given


@pytest.fixture
def built(tmp_path: Path) -> Path:
    for path in ("index.html", "icon.svg", "assets/new-2.js", "assets/same-1.css", ".stamp"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(path)
    return tmp_path


@pytest.fixture
def wire() -> Iterator[Wire]:
    there = {
        "assets/same-1.css": LONG_AGO,
        "assets/before-1.js": JUST_NOW,
        "assets/years-ago-1.js": LONG_AGO,
        "old-icon.svg": JUST_NOW,
    }
    listed = STORED.format("".join(OBJECT.format(*one) for one in there.items())).encode()
    with guard.unguarded():
        yield Wire(lambda request: (200, listed if request.method == "GET" else b""))


def publish(wire: Wire, built: Path) -> list[Any]:
    console.publish(wire.client("s3"), wire.client("cloudfront"), "b", "E1", built)
    return wire.sent


def key(request: Any) -> str:
    return urlsplit(request.url).path.removeprefix("/b/")


def test_files_named_after_their_content_are_sent_once_and_before_the_page_that_names_them(
    wire: Wire, built: Path
) -> None:
    sent = [key(request) for request in publish(wire, built) if request.method == "PUT"]
    assert sent == ["assets/new-2.js", "icon.svg", "index.html"]


def test_a_browser_keeps_a_file_for_as_long_as_its_address_means_the_same(wire: Wire, built: Path) -> None:
    headers = {key(r): r.headers for r in publish(wire, built) if r.method == "PUT"}
    assert headers["assets/new-2.js"]["Cache-Control"] == KEPT_A_YEAR.encode()
    assert headers["index.html"]["Cache-Control"] == headers["icon.svg"]["Cache-Control"] == ASKED_AGAIN.encode()
    assert headers["index.html"]["Content-Type"] == b"text/html; charset=utf-8"


def test_open_tabs_find_the_files_of_the_build_before_and_what_is_forgotten_goes(wire: Wire, built: Path) -> None:
    deleted = {key(request) for request in publish(wire, built) if request.method == "DELETE"}
    assert deleted == {"assets/years-ago-1.js", "old-icon.svg"}


def test_the_cdn_asks_again_when_everything_is_there(wire: Wire, built: Path) -> None:
    last = publish(wire, built)[-1]
    assert urlsplit(last.url).path.endswith("/distribution/E1/invalidation") and b"<Path>/*</Path>" in last.body


def test_nothing_is_sent_when_nothing_is_built(wire: Wire, tmp_path: Path) -> None:
    with pytest.raises(console.NotBuilt, match="make console"):
        publish(wire, tmp_path)
    assert not wire.sent


def test_a_deployment_tells_where_the_console_goes(assembly: Assembly) -> None:
    assert json.dumps(assembly.templates["edge"]["Outputs"]["ConsoleBucket"]["Value"])
    assert "ConsoleCdn" in assembly.templates["edge"]["Outputs"]
