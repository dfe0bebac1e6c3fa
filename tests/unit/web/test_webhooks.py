"""Webhooks: what the carrier signed is answered with a document, everything else with 403 and no effect."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from xml.etree import ElementTree

import pytest
from offhook import wiring
from offhook.adapters.memory.store import Row
from offhook.domain.ids import TenantId
from offhook.domain.storage import Key
from offhook.web.app import OffhookApp
from offhook.web.testing import FORM, Response, invoke, sign
from offhook.wiring.memory import MemoryWorld

from tests.unit.web.worlds import PUBLIC, SIDS, TOKENS, A, B, call_form, carrier_asks, sample_app

Rows = dict[Key, Row]
PATH = "/v1/sample/calls"


@pytest.fixture
def app(world: MemoryWorld) -> OffhookApp:
    return sample_app()


@pytest.fixture
def untouched(world: MemoryWorld, app: OffhookApp) -> Iterator[None]:
    before = dict(world.store.rows)
    yield
    assert world.store.rows == before
    assert app.seen == []  # type: ignore[attr-defined]  # of the sample app


def spoken(answer: Response) -> list[str]:
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/xml")
    return [say.text or "" for say in ElementTree.fromstring(answer.body).iter("Say")]


def refused(answer: Response) -> bool:
    return answer.status == 403 and json.loads(answer.body)["code"] == "forbidden"


def test_a_signed_webhook_is_answered_with_its_document(app: OffhookApp) -> None:
    assert spoken(carrier_asks(app, "/calls", CallSid="CA7")) == ["Hello CA7"]


def test_the_tenant_is_the_owner_of_the_account(app: OffhookApp) -> None:
    carrier_asks(app, "/calls", A)
    carrier_asks(app, "/calls", B)
    assert [tenant for tenant, _ in app.seen] == [A, B]  # type: ignore[attr-defined]  # of the sample app


def test_ids_come_from_the_path(app: OffhookApp) -> None:
    carrier_asks(app, "/contacts/c_1/steps/4")
    assert app.seen == [(A, {"contact_id": "c_1", "step": "4"})]  # type: ignore[attr-defined]  # of the sample app


@pytest.mark.usefixtures("untouched")
class TestRefused:
    """403, and nothing changed."""

    def test_an_unsigned_webhook(self, app: OffhookApp) -> None:
        assert refused(invoke(app, "POST", "/calls", form=call_form(A)))

    def test_a_webhook_signed_with_another_tenants_token(self, app: OffhookApp) -> None:
        signature = sign(call_form(A), PUBLIC + PATH, TOKENS[B])
        assert refused(invoke(app, "POST", "/calls", form=call_form(A), headers={"X-Twilio-Signature": signature}))

    def test_a_webhook_of_one_tenant_relabelled_for_another(self, app: OffhookApp) -> None:
        signature = sign(call_form(A), PUBLIC + PATH, TOKENS[A])
        assert refused(invoke(app, "POST", "/calls", form=call_form(B), headers={"X-Twilio-Signature": signature}))

    def test_a_webhook_sent_again_to_another_path(self, app: OffhookApp) -> None:
        signature = sign(call_form(A), f"{PUBLIC}/v1/sample/contacts/c_1/steps/1", TOKENS[A])
        answer = invoke(
            app, "POST", "/contacts/c_2/steps/1", form=call_form(A), headers={"X-Twilio-Signature": signature}
        )
        assert refused(answer)

    @pytest.mark.parametrize("change", [{"Digits": "2"}, {"From": "+15005550009"}, {"New": ""}])
    def test_a_webhook_whose_fields_were_changed(self, app: OffhookApp, change: dict[str, str]) -> None:
        signature = sign(call_form(A, Digits="1"), PUBLIC + PATH, TOKENS[A])
        form = {**call_form(A, Digits="1"), **change}
        assert refused(invoke(app, "POST", "/calls", form=form, headers={"X-Twilio-Signature": signature}))

    def test_an_account_nobody_owns(self, app: OffhookApp) -> None:
        form = {"AccountSid": "AC" + "c" * 32}
        signature = sign(form, PUBLIC + PATH, TOKENS[A])
        assert refused(invoke(app, "POST", "/calls", form=form, headers={"X-Twilio-Signature": signature}))

    @pytest.mark.parametrize("address", ["https://evil.example", "https://unknown.invalid", "http://api.example.com"])
    def test_a_webhook_signed_for_another_address(self, app: OffhookApp, address: str) -> None:
        headers = {"X-Twilio-Signature": sign(call_form(A), address + PATH, TOKENS[A]), "Host": address}
        assert refused(invoke(app, "POST", "/calls", form=call_form(A), headers=headers))

    def test_a_webhook_with_a_query_string(self, app: OffhookApp) -> None:
        headers = {"X-Twilio-Signature": sign(call_form(A), PUBLIC + PATH, TOKENS[A])}
        assert refused(invoke(app, "POST", "/calls?tenant=t_b", form=call_form(A), headers=headers))

    @pytest.mark.parametrize(
        "body",
        [
            None,
            "",
            "=",
            "AccountSid",
            "%ff=%ff",
            "AccountSid=%ff",
            "é",
            '{"AccountSid": "x"}',
            "a" * 70_000,
            f"AccountSid={SIDS[A]}&AccountSid={SIDS[B]}",
            "&".join(f"f{n}=1" for n in range(600)),
        ],
    )
    def test_a_malformed_body(self, app: OffhookApp, body: str | None) -> None:
        assert refused(raw(app, body, {"Content-Type": FORM, "X-Twilio-Signature": "x"}))

    @pytest.mark.parametrize("kind", ["", "application/json", "multipart/form-data"])
    def test_a_body_that_is_no_form(self, app: OffhookApp, kind: str) -> None:
        assert refused(raw(app, "AccountSid=x", {"Content-Type": kind, "X-Twilio-Signature": "x"}))


def raw(app: OffhookApp, body: str | None, headers: dict[str, str]) -> Response:
    from offhook.web.testing import event_for

    answer = app(event_for(app, "POST", "/calls", body, headers), None)
    return Response(answer["statusCode"], answer["headers"], answer["body"])


def test_a_rotated_token_is_accepted_at_once_and_the_old_one_still(
    app: OffhookApp, world: MemoryWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offhook.web.tenancy.DOUBTED_AFTER_S", -1.0)
    assert carrier_asks(app, "/calls").status == 200
    world.secrets(world.tenant_context(A)).put_carrier_token("token-new")
    signature = sign(call_form(A), PUBLIC + PATH, "token-new")
    assert invoke(app, "POST", "/calls", form=call_form(A), headers={"X-Twilio-Signature": signature}).status == 200
    assert carrier_asks(app, "/calls").status == 200


def test_a_failing_view_speaks_words_in_the_tenants_language(app: OffhookApp) -> None:
    assert "sorry" in spoken(carrier_asks(app, "/failing", A))[0]
    assert "leid" in spoken(carrier_asks(app, "/failing", B))[0]


def test_a_refusing_view_is_answered_by_its_areas_fallback(app: OffhookApp) -> None:
    assert spoken(carrier_asks(app, "/refusing")) == ["Please hold."]


def test_a_failing_fallback_is_answered_by_the_apology(app: OffhookApp) -> None:
    assert "sorry" in spoken(carrier_asks(app, "/broken"))[0]


@pytest.mark.parametrize("fields", [{}, {"fail": "1"}])
def test_a_status_callback_is_answered_by_an_empty_document(app: OffhookApp, fields: dict[str, str]) -> None:
    answer = carrier_asks(app, "/status", A, **fields)
    assert spoken(answer) == []
    assert len(ElementTree.fromstring(answer.body)) == 0


def test_a_caller_hears_words_when_the_store_is_down(app: OffhookApp, world: MemoryWorld) -> None:
    world.store.unavailable = True
    assert "sorry" in spoken(carrier_asks(app, "/calls"))[0]


def test_nothing_of_an_exception_reaches_the_carrier(app: OffhookApp) -> None:
    assert all("secret" not in carrier_asks(app, path).body for path in ("/failing", "/broken"))


def test_a_failure_is_logged_once_with_tenant_and_contact(app: OffhookApp, lines: StringIO) -> None:
    carrier_asks(app, "/contacts/c_9/failing", B)
    (line,) = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert (line["level"], line["message"], line["tenant"], line["contact"]) == ("ERROR", "webhook failed", B, "c_9")


def test_what_a_webhook_uses_is_metered_for_its_tenant_and_contact(app: OffhookApp, world: MemoryWorld) -> None:
    carrier_asks(app, "/contacts/c_1/steps/4", B)
    (used,) = world.used
    assert (used.tenant_id, used.contact_id) == (B, "c_1")
    assert used.counters["lambda_ms"] >= 0


def test_metering_that_fails_does_not_fail_the_call(app: OffhookApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "usage", lambda used: 1 / 0)
    assert carrier_asks(app, "/calls").status == 200


def test_threads_may_share_an_app(app: OffhookApp) -> None:
    def ask(n: int) -> bool:
        tenant: TenantId = (A, B)[n % 2]
        return spoken(carrier_asks(app, "/calls", tenant, CallSid=f"CA{n}")) == [f"Hello CA{n}"]

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(200)))


def test_the_second_webhook_of_an_account_reads_nothing_to_find_its_tenant(app: OffhookApp, world: MemoryWorld) -> None:
    carrier_asks(app, "/calls")
    before = dict(world.store.round_trips)
    carrier_asks(app, "/calls")
    assert world.store.round_trips == before
