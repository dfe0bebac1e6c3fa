"""Which addresses of files lead through the edge: signed ones, of tenants' folders, until they expire."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

PLACE = r"-\d{12}-[a-z0-9-]+"  # account and region, at the end of every bucket's name
FILE = re.compile(
    rf"/_media/offhook-[a-z0-9]+-((recordings|exports){PLACE}/t/[^/]+|lake{PLACE}/events/tenant=[^/]+)/.+"
)
LONGEST_S = 3600


def may_pass(path: str, query: Mapping[str, str], now: datetime) -> bool:
    """path: /_media/<bucket>/<a tenant's folder>/...; query: of a presigned address (AWS Signature 4)."""
    if not FILE.fullmatch(path) or ".." in path.split("/"):
        return False
    try:
        signed = datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%S%z")
        seconds = int(query["X-Amz-Expires"])
    except (KeyError, ValueError):
        return False
    valid = bool(query.get("X-Amz-Signature")) and 0 < seconds <= LONGEST_S
    return valid and now < signed + timedelta(seconds=seconds)
