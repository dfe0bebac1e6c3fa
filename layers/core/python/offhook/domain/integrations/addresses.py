"""Which addresses on the internet our requests may go to: the rule against being sent to our own inside."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from offhook.domain.errors import InvalidInput

LONGEST_URL = 2048
LONGEST_HOST = 253
_DENIED_4 = tuple(
    ipaddress.IPv4Network(n)
    for n in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_DENIED_6 = tuple(ipaddress.IPv6Network(n) for n in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")  # spaces, controls, and the backslash that browsers take for a slash
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")  # a last part like this makes the whole host an IPv4 address
_INSIDE = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "test", "invalid", "example", "onion")
_LOOPBACK = frozenset({"127.0.0.1", "localhost"})


class AddressRefused(InvalidInput):
    """Requests may not go there."""

    code = "address_refused"


@dataclass(frozen=True, slots=True)
class Policy:
    """own_hosts: our own domains, never a target; ports: of https; local: receivers on this machine are allowed too."""

    own_hosts: frozenset[str] = frozenset()
    ports: frozenset[int] = frozenset({443})
    local: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: the name to resolve, the port, and what is asked for there (path and query)."""

    host: str
    port: int
    path: str
    tls: bool = True

    @property
    def authority(self) -> str:
        """The Host header."""
        usual = 443 if self.tls else 80
        return self.host if self.port == usual else f"{self.host}:{self.port}"


def is_public(address: str) -> bool:
    """Whether a resolved address is on the open internet; IPv4 inside IPv6 is judged as IPv4, all else is refused."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is None:
            return "%" not in address and parsed in _PUBLIC_6 and not any(parsed in net for net in _DENIED_6)
        parsed = parsed.ipv4_mapped
    return not any(parsed in net for net in _DENIED_4)


def may_connect(addresses: tuple[str, ...], target: Target, policy: Policy) -> bool:
    """Whether every address that the name resolved to may be connected to; none at all may not."""
    if is_local(target.host, policy):
        return bool(addresses) and all(a in ("127.0.0.1", "::1") for a in addresses)
    return bool(addresses) and all(is_public(address) for address in addresses)


def target_of(url: str, policy: Policy, field: str = "$.url") -> Target:
    """The parts of an address that requests may go to; raises AddressRefused."""
    if len(url) > LONGEST_URL or _UNSAFE.search(url) or "#" in url:
        raise AddressRefused("address_length", field=field, most=LONGEST_URL)
    try:
        parts = urlsplit(url)
        port, host = parts.port, _normal(parts.hostname or "", field)
    except ValueError as bad:
        raise AddressRefused("address_malformed", field=field) from bad
    if "@" in parts.netloc or "%" in parts.netloc:
        raise AddressRefused("address_user", field=field)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii():
        raise AddressRefused("address_ascii", field=field)
    if is_local(host, policy) and parts.scheme in ("http", "https"):
        tls = parts.scheme == "https"
        return Target(host, port or (443 if tls else 80), path, tls)
    port = 443 if port is None else port
    _check_public(parts.scheme, host, port, policy, field)
    return Target(host, port, path)


def is_local(host: str, policy: Policy) -> bool:
    """Whether the policy lets the host be this machine itself."""
    return policy.local and host in _LOOPBACK


def _check_public(scheme: str, host: str, port: int, policy: Policy, field: str) -> None:
    if scheme != "https":
        raise AddressRefused("address_https", field=field)
    if port not in policy.ports:
        raise AddressRefused("address_port", field=field, ports=sorted(policy.ports))
    labels = host.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels) or _NUMBER.fullmatch(labels[-1]):
        raise AddressRefused("address_host_public", field=field)
    if labels[-1] in _INSIDE or any(host == own or host.endswith(f".{own}") for own in policy.own_hosts):
        raise AddressRefused("address_where", field=field)


def _normal(host: str, field: str) -> str:
    """The host in ASCII and lower case, as a resolver would be asked for it."""
    try:
        ascii_host = host.encode("idna").decode("ascii").lower()
    except UnicodeError as bad:
        raise AddressRefused("address_host", field=field) from bad
    ascii_host = ascii_host.removesuffix(".")
    if not ascii_host or len(ascii_host) > LONGEST_HOST:
        raise AddressRefused("address_host", field=field)
    return ascii_host
