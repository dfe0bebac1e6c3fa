"""Accounts, their credentials, and what they own: numbers, applications, keys."""

from dataclasses import dataclass, field
from enum import StrEnum


class AccountStatus(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(slots=True)
class Account:
    """A parent account (owner_sid equals sid) or one of its subaccounts."""

    sid: str
    auth_token: str
    friendly_name: str
    owner_sid: str
    created_at: float
    status: AccountStatus = AccountStatus.ACTIVE
    secondary_token: str | None = None

    @property
    def is_parent(self) -> bool:
        return self.owner_sid == self.sid

    def accepts(self, token: str) -> bool:
        """Both tokens are valid while one replaces the other; webhooks are signed with the primary."""
        return token in (self.auth_token, self.secondary_token)


@dataclass(slots=True)
class ApiKey:
    sid: str
    account_sid: str
    secret: str
    friendly_name: str
    created_at: float


@dataclass(slots=True)
class UsageTrigger:
    """Tells an address when the account used more than a value. fired_on: the day or month it last did, "" = never."""

    sid: str
    account_sid: str
    friendly_name: str
    callback_url: str
    trigger_value: str
    category: str
    created_at: float
    trigger_by: str = "usage"
    recurring: str = ""
    callback_method: str = "POST"
    current_value: str = "0"
    fired_on: str = ""
    fired_at: float = 0.0


@dataclass(slots=True)
class VoiceSettings:
    """Where calls and messages to a number or an application go."""

    voice_url: str = ""
    voice_method: str = "POST"
    voice_fallback_url: str = ""
    voice_fallback_method: str = "POST"
    status_callback: str = ""
    status_callback_method: str = "POST"
    sms_url: str = ""
    sms_method: str = "POST"


@dataclass(slots=True)
class Application:
    sid: str
    account_sid: str
    friendly_name: str
    created_at: float
    voice: VoiceSettings = field(default_factory=VoiceSettings)


@dataclass(slots=True)
class PhoneNumber:
    """A bought number. With an application its own voice settings are ignored."""

    sid: str
    account_sid: str
    phone_number: str
    friendly_name: str
    created_at: float
    voice: VoiceSettings = field(default_factory=VoiceSettings)
    voice_application_sid: str = ""
    bundle_sid: str = ""


@dataclass(slots=True)
class Bundle:
    """Papers for numbers of a country. submitted_at: when review began, None = a draft; refused: how it will end."""

    sid: str
    account_sid: str
    friendly_name: str
    iso_country: str
    number_type: str
    created_at: float
    submitted_at: float | None = None
    refused: bool = False
