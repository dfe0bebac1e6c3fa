"""The mails as one page; every address in a text is a link, everything else is plain text."""

import html
import re
import time
from collections.abc import Sequence

from local.mailbox.mails import Received

LINK = re.compile(r"https?://[^\s<>\"']+")
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733; }
article { border: 1px solid #c9d2dc; border-radius: 8px; padding: 1rem 1.25rem; margin: 1rem 0; }
h2 { font-size: 1.1rem; margin: 0 0 .25rem; }
p.about { color: #4d5a68; margin: 0 0 .75rem; font-size: .9rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: 0; }
"""


def render(mails: Sequence[Received]) -> str:
    """A whole HTML document."""
    body = "".join(map(_mail, mails)) or "<p>No mail yet.</p>"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mail</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body><main><h1>Mail of this machine</h1>"
        f"<p>Nothing leaves this machine; what would have been mailed is here.</p>{body}</main></body></html>"
    )


def _mail(mail: Received) -> str:
    sent = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(mail.at))
    about = f"{sent}, to {', '.join(mail.to)}, from {mail.sender}"
    return (
        f"<article><h2>{html.escape(mail.subject)}</h2><p class='about'>{html.escape(about)}</p>"
        f"<pre>{_linked(mail.text)}</pre></article>"
    )


def _linked(text: str) -> str:
    done, last = [], 0
    for found in LINK.finditer(text):
        address = html.escape(found.group())
        done += [html.escape(text[last : found.start()]), f'<a href="{address}">{address}</a>']
        last = found.end()
    return "".join([*done, html.escape(text[last:])])
