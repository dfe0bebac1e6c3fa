"""Access tokens: real signatures, checked against keys that are served as the pool serves them."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from offhook.domain.errors import StoreUnavailable, Unauthenticated
from offhook.settings import settings
from offhook.web import tokens

OURS, FOREIGN = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
PATH = "/us-east-1_pool/.well-known/jwks.json"


class Pool(ThreadingHTTPServer):
    """Serves public keys by their ids and counts how often."""

    def __init__(self) -> None:
        self.keys, self.asked = {"k1": OURS}, 0
        super().__init__(("127.0.0.1", 0), Handler)

    def jwks(self) -> bytes:
        keys = [
            {**jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "use": "sig"}
            for kid, key in self.keys.items()
        ]
        return json.dumps({"keys": keys}).encode()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Pool)
        self.server.asked += 1
        self.send_response(200 if self.path == PATH else 404)
        self.end_headers()
        self.wfile.write(self.server.jwks())

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    tokens._keys.forget()
    server = Pool()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    settings.cache_clear()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def claims(**changes: Any) -> dict[str, Any]:
    good = {
        "sub": "user-1",
        "iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool",
        "client_id": "client",
        "token_use": "access",
        "exp": time.time() + 600,
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def token(key: Any = OURS, kid: str = "k1", algorithm: str = "RS256", **changes: Any) -> str:
    return jwt.encode(claims(**changes), key, algorithm, headers={"kid": kid})


def test_a_token_of_the_pool_names_its_user(pool: Pool) -> None:
    assert tokens.claims_of(token()).user_id == "user-1"


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": time.time() - 60},
        {"exp": None},
        {"iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_other"},
        {"iss": None},
        {"sub": None},
        {"client_id": "another-app"},
        {"client_id": None},
        {"token_use": "id"},
        {"token_use": None},
    ],
)
def test_a_token_for_another_purpose_is_refused(pool: Pool, changes: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        tokens.claims_of(token(**changes))


def test_a_token_signed_by_somebody_else_is_refused(pool: Pool) -> None:
    with pytest.raises(Unauthenticated):
        tokens.claims_of(token(FOREIGN))


@pytest.mark.parametrize("algorithm", ["HS256", "HS512", "none"])
def test_a_token_signed_in_another_way_is_refused(pool: Pool, algorithm: str) -> None:
    key = None if algorithm == "none" else "a shared secret of thirty-two bytes and more, so that it is long enough"
    with pytest.raises(Unauthenticated):
        tokens.claims_of(token(key, algorithm=algorithm))


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "é.é.é", "..", "eyJhbGciOiJSUzI1NiJ9..", "a" * 10_000])
def test_what_is_no_token_is_refused(pool: Pool, text: str) -> None:
    with pytest.raises(Unauthenticated):
        tokens.claims_of(text)


def test_an_edited_token_is_refused(pool: Pool) -> None:
    head, body, signature = token().split(".")
    _, other, _ = token(sub="user-2").split(".")
    with pytest.raises(Unauthenticated):
        tokens.claims_of(".".join([head, other, signature]))
    assert tokens.claims_of(".".join([head, body, signature])).user_id == "user-1"


def test_keys_are_read_once_also_for_forged_key_ids(pool: Pool) -> None:
    for n in range(20):
        with pytest.raises(Unauthenticated):
            tokens.claims_of(token(FOREIGN, kid=f"forged-{n}"))
    tokens.claims_of(token())
    assert pool.asked == 1


def test_a_new_key_is_found_when_the_pool_rotates(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens.claims_of(token())
    pool.keys["k2"] = FOREIGN
    monkeypatch.setattr(tokens, "DOUBTED_AFTER_S", -1.0)
    assert tokens.claims_of(token(FOREIGN, kid="k2")).user_id == "user-1"


def test_a_pool_that_cannot_be_reached_is_not_the_persons_fault(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFHOOK_USER_POOL_ID", "us-east-1_moved")
    settings.cache_clear()
    with pytest.raises(StoreUnavailable):
        tokens.claims_of(token())
