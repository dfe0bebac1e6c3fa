"""botocore sessions that look for the descriptions of our services only.

For each description that it loads, botocore first lists the folders of all its four hundred services, with a look into
each: a tenth of the time to a first client.
"""

from botocore.loaders import Loader
from botocore.session import Session, get_session

SERVICES = (
    "apigatewaymanagementapi",
    "athena",
    "cloudwatch",
    "cognito-idp",
    "dynamodb",
    "firehose",
    "glue",
    "kinesis",
    "kms",
    "lambda",
    "s3",
    "scheduler",
    "sqs",
    "ssm",
    "sts",
)


class OurServices(Loader):
    """botocore's loader, told which services there are; one that is missing here is an UnknownServiceError."""

    def list_available_services(self, type_name: str) -> list[str]:
        """Our services have every type of description."""
        return list(SERVICES)


def new_session(credentials: tuple[str, str] | None = None) -> Session:
    """A session. credentials: only tests give them; else botocore finds its own."""
    session = get_session()
    session.register_component("data_loader", OurServices())
    if credentials:
        session.set_credentials(*credentials)
    return session
