"""Signed addresses of files, as whoever is outside can reach them."""

from urllib.parse import urlsplit


def local_link(signed: str, links_at: str) -> str:
    """The address below links_at, for stores that stand behind another server; "" = it is reached as it is."""
    if not links_at:
        return signed
    parts = urlsplit(signed)
    return f"{links_at.rstrip('/')}{parts.path}?{parts.query}"
