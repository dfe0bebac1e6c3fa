"""`offhook tenant`: the walk of a sign-up, the list, the end."""

from tests.unit.cli.conftest import Address, Run

SIGN_UP, SECRET = "join_00000000000000000000", "v_secret"
ONE = f"/v1/tenants/sign-ups/{SIGN_UP}"


def steps(*done: str) -> list[dict[str, object]]:
    return [{"name": name, "done": name in done} for name in ("account", "number")]


def signing_up(address: Address) -> None:
    mail = {"text": f"open http://x/verify#{SIGN_UP}/{SECRET}\n"}
    address.answers |= {
        ("POST", "/v1/tenants/sign-ups"): (202, {"id": SIGN_UP, "status": "waiting_for_verification"}),
        ("GET", "/_local/mail"): {"data": [mail]},
        ("POST", f"{ONE}/verification"): (202, {"status": "setting_up"}),
        ("GET", ONE): {"status": "ready", "steps": steps("account", "number"), "tenant_id": "t_1", "failure": ""},
    }


def test_a_business_is_signed_up_by_its_mail(address: Address, run: Run) -> None:
    signing_up(address)
    result = run("tenant", "create", "Acme", "--email", "ada@acme.example", "--password", "Correct-Horse-9-B")
    assert result.exit_code == 0, result.output
    assert "tenant t_1, sign in as ada@acme.example  Correct-Horse-9-B" in result.output
    ((_, asked),) = address.asked("POST", "/v1/tenants/sign-ups")
    assert (asked["company"], asked["email"], asked["industry"]) == ("Acme", "ada@acme.example", "generic")
    assert address.asked("GET", "/_local/mail")[0][0] == "to=ada%40acme.example"
    ((_, proof),) = address.asked("POST", f"{ONE}/verification")
    assert proof == {"secret": SECRET, "password": "Correct-Horse-9-B", "name": "Owner"}


def test_a_set_up_that_stopped_says_why(address: Address, run: Run) -> None:
    signing_up(address)
    address.answers["GET", ONE] = {"status": "failed", "steps": steps(), "tenant_id": "t_1", "failure": "number: none"}
    result = run("tenant", "create", "Acme", "--email", "ada@acme.example", "--secret", SECRET)
    assert (result.exit_code, "number: none" in result.output) == (1, True)
    assert address.asked("GET", "/_local/mail") == []


def test_a_business_is_closed_by_its_name(address: Address, run: Run) -> None:
    address.answers["POST", "/v1/tenants/closure"] = {"status": "closing", "closes_at": 1}
    result = run("tenant", "close", "--confirm", "Acme")
    assert (result.exit_code, result.output) == (0, "The tenant is closing.\n")
    assert address.asked("POST", "/v1/tenants/closure") == [("", {"confirm": "Acme"})]


def test_an_operator_suspends_a_business_with_a_reason_and_takes_it_back(address: Address, run: Run) -> None:
    desk = "/v1/operator/tenants/t_1/suspension"
    address.answers["POST", desk] = {"id": "t_1", "name": "Acme", "status": "suspended"}
    address.answers["DELETE", desk] = {"id": "t_1", "name": "Acme", "status": "active"}
    assert run("tenant", "suspend", "t_1").exit_code != 0, "the reason is missing"
    assert run("tenant", "suspend", "t_1", "--reason", "calls strangers").output == "Acme (t_1) is suspended.\n"
    assert address.asked("POST", desk) == [("", {"reason": "calls strangers"})]
    assert run("tenant", "reinstate", "t_1").output == "Acme (t_1) is active.\n"
