"""Signing a business up: asked for, mailed, verified; from then on provisioning goes on by itself."""

from contextlib import suppress
from dataclasses import dataclass, replace

from offhook.domain.errors import InvalidInput, OffhookError
from offhook.domain.ids import HOUR, Instant
from offhook.domain.mail.message import Mail
from offhook.domain.messages import Message, Topic
from offhook.domain.storage import CommitConflict, Items
from offhook.domain.tenants.carrier_accounts import OwnerAccounts
from offhook.domain.tenants.lifecycle import TenantStatus, Trigger
from offhook.domain.tenants.sign_up import (
    LINK_LIFE,
    MAIL_PAUSE,
    MOST_MAILS,
    LinkInvalid,
    SignUp,
    SignUpStatus,
    Step,
    allowances,
    checked_name,
)
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.sign_ups import SignUpList, SignUps, Tries, UnderWay
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.tenants.lifecycle import moving, stored
from offhook.usecases.tenants.site import Site

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 256


class TooManySignUps(OffhookError):
    """There were too many sign-ups today; try again tomorrow."""

    code = "too_many_requests"
    status = 429


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the set-up."""

    name: Step
    done: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sign-up is; tenant_id and number are "" until they are known."""

    id: str
    status: SignUpStatus
    company: str
    email: str
    steps: tuple[StepView, ...]
    failure: str = ""
    tenant_id: str = ""


def admitted(directory: Items, email: str, now: Instant) -> bool:
    """Count the request against the day's allowances; raises TooManySignUps.

    False: this mailbox was written to often enough today, which is nobody else's business: the asker is answered as
    usual, and nothing follows.
    """
    used_up = Tries(directory, now).take(allowances(email))
    if used_up is not None and not used_up.quiet:
        raise TooManySignUps()
    return used_up is None


def begin(deps: Deps, directory: Items, asked: SignUp) -> SignUp:
    """Store a sign-up that was checked and admitted, and have its mail sent."""
    now = deps.clock.now()
    begun = replace(asked, created_at=now)
    SignUpList(directory).add(UnderWay(deps.tenant.id, now))
    after, write = SignUps(deps.items, deps.tenant.id).write(begun)
    deps.items.commit(write, stored(_tenant(begun, now), expect=0))
    deps.outgoing.send(Message(deps.tenant.id, Topic.VERIFICATION_MAIL, after.id))
    return after


def ask_again(deps: Deps, directory: Items, sign_up_id: str) -> None:
    """One more mail, if it is not too soon and not too many; nobody learns whether it is."""
    now = deps.clock.now()
    found = SignUps(deps.items, deps.tenant.id).find()
    if found is None or found.is_over(now) or found.status is not SignUpStatus.WAITING:
        return
    if found.mails_wanted >= MOST_MAILS or now < found.mailed_at + MAIL_PAUSE:
        return
    if admitted(directory, found.email, now):
        with suppress(CommitConflict):  # two who ask at once get one mail
            SignUps(deps.items, deps.tenant.id).put(replace(found, mails_wanted=found.mails_wanted + 1))
        deps.outgoing.send(Message(deps.tenant.id, Topic.VERIFICATION_MAIL, sign_up_id))


def send_link(site: Site) -> None:
    """The mail that is wanted and not sent. The link's hash is kept before, so that every mail that arrives works."""
    deps = site.deps
    found = site.sign_ups.find()
    if found is None or found.status is not SignUpStatus.WAITING or found.mails_sent >= found.mails_wanted:
        return
    secret = deps.ids.new("v")
    kept = site.sign_ups.put(found.with_link(secret))
    site.mailer.send(_mail(site, kept, secret))
    site.sign_ups.put(replace(kept, mails_sent=kept.mails_wanted, mailed_at=deps.clock.now()))


def verify(deps: Deps, owners: OwnerAccounts, secret: str, password: str, name: str) -> Progress:
    """The address is proved: the owner gets their user, the set-up begins. Again: the present state.

    A set-up that failed begins again where it stopped.
    """
    found = _opened(deps, secret)
    if found.status is SignUpStatus.WAITING:
        _check_password(password)
        given_name = checked_name(name)
        user_id = owners.ensure(found.email, given_name, password)
        found = again_on_conflict(lambda: _verified(deps, user_id, given_name))
    elif found.status is SignUpStatus.FAILED:
        found = again_on_conflict(lambda: _resumed(deps))
    if found.status is SignUpStatus.SETTING_UP:
        deps.outgoing.send(Message(deps.tenant.id, Topic.PROVISION, found.id))
    return progress_of(found)


def progress(deps: Deps, secret: str) -> Progress:
    """How far it is, for who has a link; raises LinkInvalid."""
    return progress_of(_opened(deps, secret))


def progress_of(found: SignUp) -> Progress:
    """What may be shown of a sign-up."""
    known = "" if found.status is SignUpStatus.WAITING else found.tenant_id
    steps = tuple(StepView(step, step in found.done) for step in Step)
    return Progress(found.id, found.status, found.company, found.email, steps, found.failure, known)


def _opened(deps: Deps, secret: str) -> SignUp:
    found = SignUps(deps.items, deps.tenant.id).get(deps.clock.now())
    if not found.knows(secret):
        raise LinkInvalid()
    return found


def _verified(deps: Deps, user_id: str, name: str) -> SignUp:
    found = SignUps(deps.items, deps.tenant.id).get(deps.clock.now())
    if found.user_id:
        return found
    return _moved(deps, replace(found, user_id=user_id, owner_name=name), Trigger.VERIFIED, "address verified")


def _resumed(deps: Deps) -> SignUp:
    found = SignUps(deps.items, deps.tenant.id).get(deps.clock.now())
    return _moved(deps, replace(found, failure=""), Trigger.RETRIED, "tried again") if found.failure else found


def _moved(deps: Deps, changed: SignUp, trigger: Trigger, reason: str) -> SignUp:
    tenant = deps.config.get(Tenant, deps.tenant.id)
    after, write = SignUps(deps.items, deps.tenant.id).write(changed)
    deps.items.commit(write, *moving(tenant, trigger, reason, deps.clock.now())[1])
    return after


def _tenant(begun: SignUp, now: Instant) -> Tenant:
    return Tenant(
        begun.tenant_id,
        name=begun.company,
        time_zone=begun.time_zone,
        language=begun.language,
        region=begun.country,
        status=TenantStatus.PENDING_VERIFICATION,
        since=now,
    )


def _mail(site: Site, found: SignUp, secret: str) -> Mail:
    link = f"{site.app_url}/verify#{found.id}/{secret}"  # what follows # stays in the browser, out of every log
    values = {"company": found.company, "link": link, "hours": str(LINK_LIFE // HOUR)}
    return Mail(found.email, "verification", found.language, f"{found.id}-verification-{found.mails_wanted}", values)


def _check_password(password: str) -> None:
    """As the pool asks, said before anything is made there."""
    kinds = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
    strong = all(any(kind(sign) for sign in password) for kind in kinds)
    if not (SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD and strong):
        raise InvalidInput("password_weak", field="$.password")
