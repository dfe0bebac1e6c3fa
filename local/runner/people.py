"""The demo's people in the user pool, with the passwords of the credentials file."""

from typing import Any

from local.runner import deployment
from local.runner.credentials import Credentials, Login
from local.runner.home import Run


def ensure(run: Run, known: Credentials, pool_id: str) -> dict[str, Login]:
    """Everybody by their subject in the pool; again changes nothing."""
    cognito = deployment.client("cognito-idp", run)
    return {_ensure(cognito, pool_id, login): login for login in known.logins}


def _ensure(cognito: Any, pool_id: str, login: Login) -> str:
    attributes = [{"Name": "email", "Value": login.email}, {"Name": "email_verified", "Value": "true"}]
    try:
        user = cognito.admin_create_user(
            UserPoolId=pool_id, Username=login.email, UserAttributes=attributes, MessageAction="SUPPRESS"
        )["User"]["Attributes"]
    except cognito.exceptions.UsernameExistsException:
        user = cognito.admin_get_user(UserPoolId=pool_id, Username=login.email)["UserAttributes"]
    off = {"Enabled": False, "PreferredMfa": False}  # whose secret is not known any more is enrolled anew
    cognito.admin_set_user_mfa_preference(UserPoolId=pool_id, Username=login.email, SoftwareTokenMfaSettings=off)
    cognito.admin_set_user_password(UserPoolId=pool_id, Username=login.email, Password=login.password, Permanent=True)
    return next(str(one["Value"]) for one in user if one["Name"] == "sub")
