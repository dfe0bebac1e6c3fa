"""The tenants function: signing in and saying who one is."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from offhook.adapters.cognito import Cognito
from offhook.web.testing import invoke
from offhook.wiring.memory import MemoryWorld

from functions.tenants.app import app
from tests.unit.web.worlds import asks

PEOPLE = {"ada@example.com": "correct horse"}


class Pool:
    """A user pool with one person."""

    def initiate_auth(self, *, ClientId: str, AuthFlow: str, AuthParameters: dict[str, str]) -> dict[str, Any]:
        given = AuthParameters
        if AuthFlow == "REFRESH_TOKEN_AUTH" and given["REFRESH_TOKEN"] == "r-1":
            return {"AuthenticationResult": {"AccessToken": "a-2", "ExpiresIn": 900}}
        if PEOPLE.get(given.get("USERNAME", "")) == given.get("PASSWORD", ""):
            return {"AuthenticationResult": {"AccessToken": "a-1", "ExpiresIn": 900, "RefreshToken": "r-1"}}
        raise ClientError({"Error": {"Code": "NotAuthorizedException"}}, "InitiateAuth")


@pytest.fixture(autouse=True)
def pool(world: MemoryWorld) -> None:
    world.pool = Cognito(Pool(), "client")


def test_a_person_signs_in_and_refreshes() -> None:
    answer = invoke(app, "POST", "/sessions", json={"email": "ada@example.com", "password": "correct horse"})
    assert (answer.status, answer.json()["access_token"], answer.json()["expires_in"]) == (200, "a-1", 900)
    again = invoke(app, "POST", "/sessions/refresh", json={"refresh_token": answer.json()["refresh_token"]})
    assert again.json()["access_token"] == "a-2"


@pytest.mark.parametrize(("email", "password"), [("ada@example.com", "wrong"), ("eve@example.com", "correct horse")])
def test_a_wrong_password_and_an_unknown_person_look_the_same(email: str, password: str) -> None:
    answer = invoke(app, "POST", "/sessions", json={"email": email, "password": password})
    assert (answer.status, answer.json()["detail"]) == (401, "E-mail address or password is wrong.")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "ada@example.com"}, "$.password"),
        ({"email": "ada@example.com", "password": ""}, "$.password"),
        ({"email": 1, "password": "x"}, "$.email"),
        ({"email": "a", "password": "x", "role": "owner"}, "$"),
        ([], "$"),
    ],
)
def test_a_sign_in_that_is_malformed_is_refused_by_field(body: object, field: str) -> None:
    answer = invoke(app, "POST", "/sessions", json=body)
    assert (answer.status, answer.json()["errors"][0]["field"]) == (400, field)


@pytest.mark.usefixtures("names_as_tokens")
@pytest.mark.parametrize("tenant", ["t_a", "t_b"])
def test_a_person_sees_themselves_in_their_tenant(tenant: str) -> None:
    me = asks(app, "GET", "/me", user=f"agent-of-{tenant}").json()
    assert (me["role"], me["agent_id"], me["tenant"]["id"]) == ("agent", "a_agent", tenant)
    assert "calls.take" in me["permissions"]
