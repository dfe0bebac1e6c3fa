"""The carrier's parent account where provisioning reads it: a parameter of the deployment, and the sender of mails."""

from infra.names import Names
from infra.preflight import carrier_document
from local.runner import deployment
from local.runner.credentials import Credentials
from local.runner.home import Run

PREFIX = "offhook-local"
SENDERS = "offhook.test"


def keep(run: Run, known: Credentials) -> None:
    """Write the parameter as `make deploy` does, and have mail of our domain accepted; again changes nothing."""
    document = carrier_document(known.parent.sid, known.parent.token)
    deployment.client("ssm", run).put_parameter(
        Name=Names(PREFIX).parameter("carrier"), Value=document, Type="SecureString", Overwrite=True
    )
    mail = deployment.client("sesv2", run)
    if SENDERS not in [one["IdentityName"] for one in mail.list_email_identities()["EmailIdentities"]]:
        mail.create_email_identity(EmailIdentity=SENDERS)
