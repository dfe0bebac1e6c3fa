"""Signing a business up: what a stranger may ask for, how far the set-up is, and what may be tried how often."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import DAY, HOUR, MINUTE, Instant, TenantId
from offhook.domain.tenants.starters import INDUSTRIES, LANGUAGES

LINK_LIFE = 48 * HOUR
KEPT_AFTERWARDS = 30 * DAY
CLAIM = 60_000  # a worker that holds a step longer than a minute is dead: it is ended after thirty seconds
MOST_MAILS = 4
MAIL_PAUSE = MINUTE
MOST_LINKS = 5
NAME_LIMIT = 80
_ID = re.compile(r"join_([0-9a-z]{20})")
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_ADVERTISING = re.compile(r"[:/]{2}|www\.|[\x00-\x1f\x7f\u2028\u2029<>{}]", re.IGNORECASE)


class LinkInvalid(NotFound):
    """This link is not valid, or not any more."""


class Step(StrEnum):
    """What the set-up does, in this order."""

    LIST = "list"
    OWNER = "owner"
    ACCOUNT = "account"
    API_KEY = "api_key"
    APPLICATION = "application"
    CONTENT = "content"
    NUMBER = "number"
    USAGE_TRIGGER = "usage_trigger"
    OPEN = "open"
    WELCOME = "welcome"


class SignUpStatus(StrEnum):
    """How far a sign-up is."""

    WAITING = "waiting_for_verification"
    SETTING_UP = "setting_up"
    FAILED = "failed"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class SignUp:
    """One business that signs up; its tenant's id is made of its own.

    links: hashes of the secrets mailed, the newest last; mails_wanted, mails_sent: asked for, and gone out;
    user_id: the owner's subject in the pool, known once the address is verified; done: finished steps;
    claimed_until: a worker is at the next step until then; failure: why it stopped, "" = it did not.
    """

    id: str
    email: str
    company: str
    country: str
    time_zone: str
    language: str
    industry: str = "generic"
    demo_data: bool = False
    created_at: Instant = 0
    links: tuple[str, ...] = ()
    mails_wanted: int = 1
    mails_sent: int = 0
    mailed_at: Instant = 0
    owner_name: str = ""
    user_id: str = ""
    done: tuple[Step, ...] = ()
    claimed_until: Instant = 0
    failure: str = ""
    version: int = 0

    @property
    def tenant_id(self) -> TenantId:
        """The tenant that it becomes."""
        return tenant_of(self.id)

    @property
    def next_step(self) -> Step | None:
        """The first step that is not done; None at the end."""
        return next((step for step in Step if step not in self.done), None)

    @property
    def status(self) -> SignUpStatus:
        """How far it is."""
        if not self.user_id:
            return SignUpStatus.WAITING
        if self.failure:
            return SignUpStatus.FAILED
        return SignUpStatus.SETTING_UP if self.next_step else SignUpStatus.READY

    @property
    def expires_at(self) -> Instant | None:
        """When the item may go; None = while it is being set up."""
        if self.status is SignUpStatus.WAITING:
            return self.created_at + LINK_LIFE + DAY
        return self.created_at + KEPT_AFTERWARDS if self.status is SignUpStatus.READY else None

    def is_over(self, now: Instant) -> bool:
        """Whether nobody verified it in time."""
        return self.status is SignUpStatus.WAITING and now >= self.created_at + LINK_LIFE

    def knows(self, secret: str) -> bool:
        """Whether the secret was mailed for it."""
        given = hashed(secret)
        return any(compare_digest(given, link) for link in self.links)

    def with_link(self, secret: str) -> "SignUp":
        """One more link that opens it; the oldest gives way."""
        return replace(self, links=(*self.links, hashed(secret))[-MOST_LINKS:])


def tenant_of(sign_up_id: str) -> TenantId:
    """The tenant that a sign-up becomes; raises LinkInvalid for what is no id of a sign-up."""
    found = _ID.fullmatch(sign_up_id)
    if found is None:
        raise LinkInvalid()
    return TenantId(f"t_{found.group(1)}")


def hashed(secret: str) -> str:
    """What is stored of a secret, which has too many bits to be guessed from it."""
    return sha256(secret.encode()).hexdigest()


def checked(asked: SignUp) -> SignUp:
    """The sign-up, tidied; raises InvalidInput naming the field."""
    company, email = " ".join(asked.company.split()), asked.email.strip()
    if not 1 <= len(company) <= NAME_LIMIT or _ADVERTISING.search(company):
        raise InvalidInput("company_length", field="$.company", most=NAME_LIMIT)
    if not re.fullmatch(r"[A-Z]{2}", asked.country):
        raise InvalidInput("country_capitals", field="$.country")
    if not _is_zone(asked.time_zone):
        raise InvalidInput("time_zone", field="$.time_zone")
    _one_of("language", asked.language, LANGUAGES)
    _one_of("industry", asked.industry, INDUSTRIES)
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        raise InvalidInput("email", field="$.email")
    return replace(asked, company=company, email=email)


def checked_name(name: str) -> str:
    """A person's name, tidied; raises InvalidInput."""
    tidy = " ".join(name.split())
    if not 1 <= len(tidy) <= NAME_LIMIT or _ADVERTISING.search(tidy):
        raise InvalidInput("person_name_length", field="$.name", most=NAME_LIMIT)
    return tidy


DOTS_MEAN_NOTHING = frozenset({"gmail.com"})
SAME_DOMAIN = {"googlemail.com": "gmail.com"}
ALIAS_SIGNS: Mapping[str, str] = {"yahoo.com": "-"}
MAILBOX_PROVIDERS = frozenset({
    "126.com", "163.com", "aol.com", "gmail.com", "gmx.de", "gmx.net", "hotmail.com", "icloud.com", "live.com",
    "outlook.com", "proton.me", "protonmail.com", "qq.com", "sina.com", "web.de", "yahoo.com",
})  # fmt: skip


def canonical_address(email: str) -> str:
    """The mailbox behind the spelling: capitals, aliases and dots that reach the same mailbox count as one."""
    local, _, domain = email.strip().lower().rpartition("@")
    domain = SAME_DOMAIN.get(domain, domain)
    local = local.split("+")[0].split(ALIAS_SIGNS.get(domain, "+"))[0]
    if domain in DOTS_MEAN_NOTHING:
        local = local.replace(".", "")
    return f"{local}@{domain}"


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often something may be tried a day. name: what is counted; quiet: nobody is told that it is used up."""

    name: str
    most: int
    quiet: bool = False


def allowances(email: str) -> tuple[Allowance, ...]:
    """What a request for this address counts against: the mailbox, its domain, the day."""
    mailbox = canonical_address(email)
    domain = mailbox.rpartition("@")[2]
    return (
        Allowance(f"mailbox {mailbox}", 5, quiet=True),
        Allowance(f"domain {domain}", 500 if domain in MAILBOX_PROVIDERS else 20),
        Allowance("all", 2000),
    )


def _one_of(field: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise InvalidInput("not_one_of", field=f"$.{field}", known=[*known])


def _is_zone(name: str) -> bool:
    try:
        return len(name) < 64 and bool(ZoneInfo(name).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
