"""An invitation: what somebody will be in a tenant once they show the secret of the link that was mailed to them."""

from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest

from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import DAY, Instant, ProfileId, QueueId
from offhook.domain.tenants.scope import TeamId

VALID = 7 * DAY
MOST_OPEN = 200
LONGEST_EMAIL = 254
NO_PROFILE = ProfileId("")


class InvitationInvalid(NotFound):
    """This invitation is not valid, or not any more."""

    code = "invitation_invalid"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person is to be: a role or, in its place, a permission set; whom they may see, empty = all."""

    role: str = ""
    permission_set: str = ""
    teams: tuple[TeamId, ...] = ()
    queues: tuple[QueueId, ...] = ()


@dataclass(frozen=True, slots=True)
class Invitation:
    """secret_hash: of the link that was mailed last; user_id: of who accepted it, "" = nobody yet."""

    id: str
    email: str
    grant: Grant
    name: str = ""
    profile_id: ProfileId = NO_PROFILE
    secret_hash: str = ""
    invited_by: str = ""
    expires_at: Instant = 0
    user_id: str = ""
    version: int = 1

    def knows(self, link: str, now: Instant) -> bool:
        """Whether the link is the one that was mailed last, in time."""
        return compare_digest(self.secret_hash, hash_of(link)) and now < self.expires_at


def hash_of(link: str) -> str:
    """What is kept of a link."""
    return sha256(link.encode()).hexdigest()


def invitation_id_of(link: str) -> str:
    """The invitation that a link claims to be of."""
    return link.partition(".")[0]


def checked_email(email: str) -> str:
    """The address, in small letters; raises InvalidInput."""
    name, at, domain = email.strip().lower().rpartition("@")
    if not (name and at and "." in domain.strip(".")) or len(email) > LONGEST_EMAIL or any(c.isspace() for c in email):
        raise InvalidInput("email", field="$.email")
    if not email.isprintable() or any(c in email for c in ',;<>"()[]\\'):
        raise InvalidInput("email", field="$.email")
    return f"{name}@{domain}"
