"""Mail through SES: the template filled in, plain text, UTF-8."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from offhook.adapters.guard import platform_scope
from offhook.domain.errors import StoreUnavailable
from offhook.domain.mail.message import Mail
from offhook.domain.mail.templates import TABLE

DEFAULT_LANGUAGE = "en-US"


@dataclass(frozen=True, slots=True)
class SesMailer:
    """client: makes SES's client with the first mail; sender: the From address."""

    client: Callable[[], Any]
    sender: str

    def send(self, mail: Mail) -> None:
        """Hand the mail to SES; raises StoreUnavailable when it does not take it."""
        subject, text = filled_in(mail)
        content = {"Subject": _utf8(subject), "Body": {"Text": _utf8(text)}}
        try:
            with platform_scope():
                self.client().send_email(
                    FromEmailAddress=self.sender,
                    Destination={"ToAddresses": [mail.to]},
                    Content={"Simple": content},
                )
        except (ClientError, BotoCoreError) as refused:
            raise StoreUnavailable("The mail could not be sent.") from refused


def filled_in(mail: Mail) -> tuple[str, str]:
    """Subject and text in the mail's language, else in English."""
    texts = TABLE[mail.template]
    subject, text = texts.get(mail.language) or texts[DEFAULT_LANGUAGE]
    return subject.format_map(mail.values), text.format_map(mail.values)


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
