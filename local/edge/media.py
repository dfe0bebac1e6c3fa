"""Which addresses of files lead through the edge: signed ones, of two buckets, until they expire."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

BUCKET = re.compile(r"offhook-[a-z0-9]+-(recordings|exports)-\d{12}-[a-z0-9-]+")
LONGEST_S = 3600


def may_pass(path: str, query: Mapping[str, str], now: datetime) -> bool:
    """path: /_media/<bucket>/t/<tenant>/...; query: of a presigned address (AWS Signature 4)."""
    parts = path.removeprefix("/_media/").split("/")
    if len(parts) < 4 or not BUCKET.fullmatch(parts[0]) or parts[1] != "t" or ".." in parts:
        return False
    try:
        signed = datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%S%z")
        seconds = int(query["X-Amz-Expires"])
    except (KeyError, ValueError):
        return False
    valid = bool(query.get("X-Amz-Signature")) and 0 < seconds <= LONGEST_S
    return valid and now < signed + timedelta(seconds=seconds)
