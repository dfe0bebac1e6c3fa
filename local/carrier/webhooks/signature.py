"""X-Twilio-Signature: base64 of HMAC-SHA1 over the address and the sorted parameters."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit


def signed_url(url: str, keeps_port: bool = False) -> str:
    """The address as it is signed: no credentials, no fragment; voice over https also loses its port."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme == "https" and not keeps_port:
        host = host.split(":")[0]
    return urlunsplit(parts._replace(netloc=host, fragment=""))


def signature(token: str, url: str, form: Mapping[str, str]) -> str:
    """Sign an address with its POST parameters; sorting is case-sensitive, empty values count."""
    text = url + "".join(name + form[name] for name in sorted(form))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def json_signature(token: str, url: str, body: str) -> tuple[str, str]:
    """For a JSON body: the address with bodySHA256 added, and its signature over the address alone."""
    joiner = "&" if urlsplit(url).query else "?"
    full = f"{url}{joiner}bodySHA256={hashlib.sha256(body.encode()).hexdigest()}"
    return full, signature(token, full, {})
