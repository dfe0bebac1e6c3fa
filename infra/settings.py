"""What differs between deployments, read once from the CDK context (cdk.json, `-c name=value`)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from infra.packaging.target import Architecture, Target

if TYPE_CHECKING:
    from constructs import Node

TWILIO = "https://api.twilio.com"
STRIPE = "https://api.stripe.com"
LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Settings:
    """One deployment.

    domain: "" = no hosts of our own (no CDN, no custom domain); needed by every stage that real callers reach.
    hosted_zone_id: of the domain, in Route 53.
    public_api_url: what the carrier is told to call; its signature is checked against this address.
    app_url: begins the links in mails; mail_from: their sender.
    emulator_url: "" on AWS; where the embedded AWS listens, for the addresses that AWS would answer itself.
    throttle_rate, throttle_burst: requests a second, and at once, for each function's API.
    least_timeout_s: no function gets less time; 0 = each what infra/apps.py says. For machines where all functions
    start at once on a few cores.
    """

    stage: str
    target: Target
    domain: str
    hosted_zone_id: str
    public_api_url: str
    app_url: str
    mail_from: str
    carrier_url: str
    stripe_url: str
    emulator_url: str
    alarm_email: str
    throttle_rate: int
    throttle_burst: int
    least_timeout_s: int

    @property
    def mail_domain(self) -> str:
        """The part of the sender's address that SES has to have verified."""
        return self.mail_from.rpartition("@")[2].rstrip("> ")

    @property
    def prefix(self) -> str:
        """Begins every fixed name."""
        return f"offhook-{self.stage}"


def read(node: "Node") -> Settings:
    """The settings of the stage named in the context; anything may be given by `-c` as well."""
    stage = str(node.try_get_context("stage") or "dev")
    of_stage: dict[str, Any] = (node.try_get_context("stages") or {}).get(stage, {})

    def setting(name: str, default: str) -> str:
        given = node.try_get_context(name)
        return str(of_stage.get(name, default) if given is None else given)

    domain = setting("domain", "")
    return Settings(
        stage=stage,
        target=Target(setting("python", "3.11"), cast(Architecture, setting("architecture", "x86_64"))),
        domain=domain,
        hosted_zone_id=setting("hosted_zone_id", ""),
        public_api_url=setting("public_api_url", f"https://api.{domain}" if domain else "http://127.0.0.1:8080"),
        app_url=setting("app_url", f"https://app.{domain}" if domain else "http://127.0.0.1:8080"),
        mail_from=setting("mail_from", f"Offhook <no-reply@{domain or 'offhook.test'}>"),
        carrier_url=setting("carrier_url", TWILIO),
        stripe_url=setting("stripe_url", STRIPE),
        emulator_url=setting("emulator_url", ""),
        alarm_email=setting("alarm_email", ""),
        throttle_rate=int(setting("throttle_rate", "500")),
        throttle_burst=int(setting("throttle_burst", "1000")),
        least_timeout_s=int(setting("least_timeout_s", "0")),
    )
