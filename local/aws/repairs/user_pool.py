"""A challenge of the user pool is good for its own session and person only, and a reset needs the code that was mailed.

Upstream answers any session, and none, with tokens: a name and a code, or a name and any new password, open an account;
a forgotten password is set with any code, a new one with any password.
"""

import json
import time
from typing import Any

from ministack.services import cognito

GOOD_FOR_S = 180  # AuthSessionValidity, three minutes unless the app client says otherwise
BOUND = frozenset({"SOFTWARE_TOKEN_MFA", "NEW_PASSWORD_REQUIRED", "MFA_SETUP"})
Answer = tuple[int, dict[str, str], bytes]

_open: dict[str, tuple[str, str, float]] = {}


def apply() -> None:
    """Remember what each session was made for, and ask for it."""
    start, respond, confirm = (
        cognito._password_auth_result,
        cognito._respond_to_auth_challenge,
        cognito._confirm_forgot_password,
    )

    def start_and_remember(pool: Any, pid: str, cid: str, user: dict[str, Any], *more: Any, **named: Any) -> Answer:
        answer: Answer = start(pool, pid, cid, user, *more, **named)
        said = json.loads(answer[2])
        if said.get("Session"):
            _open[said["Session"]] = (said["ChallengeName"], user["Username"], time.monotonic() + GOOD_FOR_S)
        return answer

    def respond_to_own_session(data: dict[str, Any]) -> Answer:
        refused = _refusal(data) if data.get("ChallengeName") in BOUND else None
        if refused:
            return refused
        answer: Answer = respond(data)
        if answer[0] == 200:
            _open.pop(data.get("Session", ""), None)
        return answer

    def confirm_with_code(data: dict[str, Any]) -> Answer:
        answer: Answer = cognito._confirmation_code_error("ConfirmForgotPassword", data) or confirm(data)
        return answer

    cognito._password_auth_result = start_and_remember
    cognito._respond_to_auth_challenge = respond_to_own_session
    cognito._confirm_forgot_password = confirm_with_code


def _refusal(data: dict[str, Any]) -> Answer | None:
    """Why the answer to a challenge is not looked at."""
    pool, _ = cognito._pool_for_client(data.get("ClientId"))
    responses = data.get("ChallengeResponses", {})
    user = cognito._resolve_user(pool, responses.get("USERNAME"))[0] if pool else None
    name, who, until = _open.get(data.get("Session", ""), ("", "", 0.0))
    if not user or (name, who) != (data["ChallengeName"], user["Username"]) or time.monotonic() > until:
        refusal: Answer = cognito.error_response_json("NotAuthorizedException", "Invalid session for the user.", 400)
        return refusal
    weak: Answer | None = cognito._validate_password(pool, responses["NEW_PASSWORD"]) if _renews(data) else None
    return weak


def _renews(data: dict[str, Any]) -> bool:
    return data["ChallengeName"] == "NEW_PASSWORD_REQUIRED" and bool(data["ChallengeResponses"].get("NEW_PASSWORD"))
