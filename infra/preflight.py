"""What a real account needs before its first deployment: asked for once, checked, kept where the functions read it."""

import json
import re
from getpass import getpass
from typing import Any

import boto3

from infra.names import Names
from infra.settings import LOCAL

_DOMAIN = re.compile(r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$")
_STAGE = re.compile(r"^[a-z][a-z0-9]{1,11}$")
_ACCOUNT_SID = re.compile(r"^AC[0-9a-f]{32}$")


class NotReady(SystemExit):
    """Something is missing; the message says what to do."""


def check(stage: str, *, ask: bool) -> list[str]:
    """Context for cdk ("domain=..."); asks on a terminal for what is not there yet, and refuses without one."""
    if stage == LOCAL or not _STAGE.match(stage):
        raise NotReady(f"{stage!r} cannot be deployed to AWS: 2 to 12 small letters and digits, and not {LOCAL!r}")
    identity = boto3.client("sts").get_caller_identity()
    print(f"account {identity['Account']} as {identity['Arn']}")
    ssm = boto3.client("ssm")
    names = Names(f"offhook-{stage}")
    domain = _parameter(ssm, names.parameter("domain")) or _ask_domain(ssm, names, ask)
    if not _parameter(ssm, names.parameter("carrier")):
        _ask_carrier(ssm, names, ask)
    return [f"domain={domain}", f"hosted_zone_id={_zone_of(domain)}"]


def valid_domain(domain: str) -> bool:
    """A name that certificates and hosts can be made for; none to be resolved yet."""
    return bool(_DOMAIN.match(domain))


def carrier_document(account_sid: str, auth_token: str) -> str:
    """What is stored of the carrier's parent account; raises ValueError when it cannot be one."""
    if not _ACCOUNT_SID.match(account_sid):
        raise ValueError("an account sid is AC and 32 hexadecimal digits")
    if len(auth_token) != 32:
        raise ValueError("an auth token has 32 characters")
    return json.dumps({"account_sid": account_sid, "auth_token": auth_token})


def _parameter(ssm: Any, name: str) -> str | None:
    try:
        return str(ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])
    except ssm.exceptions.ParameterNotFound:
        return None


def _ask_domain(ssm: Any, names: Names, ask: bool) -> str:
    _refuse_unless(ask, "the domain is not known yet")
    domain = input("Domain, e.g. contact.example.com: ").strip().lower()
    if not valid_domain(domain):
        raise NotReady(f"{domain!r} is not a domain name")
    _zone_of(domain)
    ssm.put_parameter(Name=names.parameter("domain"), Value=domain, Type="String")
    return domain


def _zone_of(domain: str) -> str:
    """The public hosted zone in which the certificates and hosts are made."""
    zones = boto3.client("route53").list_hosted_zones_by_name(DNSName=domain)["HostedZones"]
    for zone in zones:
        if zone["Name"] == f"{domain}." and not zone["Config"]["PrivateZone"]:
            return str(zone["Id"]).removeprefix("/hostedzone/")
    raise NotReady(f"there is no public hosted zone {domain} in this account; make one and delegate the domain to it")


def _ask_carrier(ssm: Any, names: Names, ask: bool) -> None:
    _refuse_unless(ask, "the carrier account is not known yet")
    account_sid = input("Carrier account sid: ").strip()
    auth_token = getpass("Carrier auth token (not shown): ").strip()
    try:
        document = carrier_document(account_sid, auth_token)
        _sign_in_to_carrier(account_sid, auth_token)
    except ValueError as wrong:
        raise NotReady(str(wrong)) from wrong
    ssm.put_parameter(Name=names.parameter("carrier"), Value=document, Type="SecureString")


def _sign_in_to_carrier(account_sid: str, auth_token: str) -> None:
    from twilio.base.exceptions import TwilioRestException
    from twilio.rest import Client

    try:
        account = Client(account_sid, auth_token).api.accounts(account_sid).fetch()
    except TwilioRestException as refused:
        raise ValueError(f"the carrier refused these credentials: {refused.msg}") from refused
    print(f"carrier account: {account.friendly_name} ({account.status})")


def _refuse_unless(ask: bool, what: str) -> None:
    if not ask:
        raise NotReady(f"{what}: run `make deploy` once on a terminal")
