"""The pages of the provider: to pay on, the portal, an invoice. They need no scripts and say what each card does."""

from html import escape

from local.stripe.cards import NUMBERS
from local.stripe.state import Obj

SAYS = {
    "ok": "pays",
    "decline": "is declined",
    "fail_later": "is taken, and declined from then on",
    "authenticate": "asks the bank",
    "expired": "has expired",
}
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1a1a2e}}
table{{width:100%;border-collapse:collapse}}td{{padding:.3rem 0;border-bottom:1px solid #ddd}}
td:last-child{{text-align:right}}
label{{display:block;margin:.6rem 0}}input{{font:inherit;padding:.4rem;width:100%;box-sizing:border-box}}
button{{font:inherit;padding:.5rem 1.2rem;margin:.5rem 0}}
.problem{{color:#a00}}.note{{color:#555;font-size:.85rem}}</style>
</head><body><main><p class="note">A practice page: no real card, no real money.</p>
<h1>{title}</h1>{body}</main></body></html>"""
FORM = """<form method="post" action="{action}">{problem}
<label>Card number <input name="number" inputmode="numeric" required value="{number}"></label>
<label>Month <input name="month" inputmode="numeric" required value="12"></label>
<label>Year <input name="year" inputmode="numeric" required value="2040"></label>
{confirm}<button>{button}</button></form>
<details><summary>Cards to try</summary><ul>{cards}</ul></details>"""
CONFIRM = (
    '<label><input type="checkbox" name="confirmed" value="yes" style="width:auto"> I confirm this to my bank</label>'
)


def checkout(session: Obj, rows: list[tuple[str, str]], number: str = "", problem: str = "", ask: bool = False) -> str:
    """What is bought, and the card. ask: the bank wants to hear from the holder."""
    body = _table(rows) + _form(f"/_stripe/checkout/{session['id']}", "Pay and subscribe", number, problem, ask)
    return _page("Subscribe to Offhook", body + _back(session.get("cancel_url"), "Not now"))


def portal(session: Obj, sub: Obj | None, invoices: list[Obj], problem: str = "") -> str:
    """The subscription, the invoices, the card."""
    here = f"/_stripe/portal/{session['id']}"
    rows = [(f"{one['number'] or 'Draft'} · {one['status']}", _invoice_link(one)) for one in invoices]
    body = _subscription(here, sub) + "<h2>Invoices</h2>" + _table(rows, markup=True)
    body += "<h2>Card</h2>" + _form(f"{here}/card", "Use this card", "", problem, False)
    return _page("Your subscription", body + _back(session.get("return_url"), "Back to Offhook"))


def invoice(found: Obj, problem: str = "") -> str:
    """The lines, the total, and how to pay."""
    rows = [(line["description"] or "", money(line["amount"])) for line in found["lines"]["data"]]
    tax = sum(one["amount"] for one in found["total_taxes"])
    rows += [("Tax", money(tax)), ("Total", money(found["total"])), ("Due", money(found["amount_remaining"]))]
    body = f"<p>{escape(found['status'])}</p>" + _problem(problem) + _table(rows)
    if found["status"] == "open":
        body += _button(f"/_stripe/invoice/{found['id']}/pay", "Pay with the card on file")
    return _page(f"Invoice {found['number'] or ''}", body)


def gone(reason: str) -> str:
    """A page that is no longer there."""
    return _page("This page is closed", f"<p>{escape(reason)}</p>")


def money(cents: int) -> str:
    """An amount for people."""
    return f"{'-' if cents < 0 else ''}${abs(cents) // 100}.{abs(cents) % 100:02d}"


def _page(title: str, body: str) -> str:
    return PAGE.format(title=escape(title), body=body)


def _form(action: str, button: str, number: str, problem: str, ask: bool) -> str:
    cards = "".join(f"<li><code>{number}</code> {SAYS[does]}</li>" for number, does in NUMBERS.items())
    return FORM.format(
        action=action,
        button=button,
        number=escape(number or "4242424242424242", quote=True),
        problem=_problem(problem),
        confirm=CONFIRM if ask else "",
        cards=cards,
    )


def _subscription(here: str, sub: Obj | None) -> str:
    if sub is None:
        return "<p>There is no subscription.</p>"
    ends = sub["cancel_at_period_end"]
    words = "It ends with this period." if ends else "It is renewed each month."
    button = _button(f"{here}/renewal", "Renew it after all" if ends else "Cancel at the end of the period")
    return f"<p>Status: {escape(sub['status'])}. {words}</p>{button}"


def _invoice_link(found: Obj) -> str:
    return f'<a href="/_stripe/invoice/{found["id"]}">{money(found["total"])}</a>'


def _button(action: str, words: str) -> str:
    return f'<form method="post" action="{action}"><button>{words}</button></form>'


def _problem(problem: str) -> str:
    return f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""


def _table(rows: list[tuple[str, str]], markup: bool = False) -> str:
    shown = "".join(f"<tr><td>{escape(a)}</td><td>{b if markup else escape(b)}</td></tr>" for a, b in rows)
    return f"<table>{shown}</table>"


def _back(url: object, words: str) -> str:
    """Only to addresses of the web: the link is somebody's input."""
    text = str(url or "")
    return (
        f'<p><a href="{escape(text, quote=True)}">{words}</a></p>' if text.startswith(("http://", "https://")) else ""
    )
