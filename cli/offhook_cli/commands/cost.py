"""`offhook cost`: what a month costs so far, and what it will come to."""

from typing import Any

import click

from offhook_cli import output
from offhook_cli.options import api, json_option

BY = ("day", "feature", "queue", "service")


@click.command()
@click.option("--month", help="A month, 2026-01 (default: the present one; months are UTC).")
@click.option("--by", type=click.Choice(BY), default="day", show_default=True, help="How to cut it.")
@json_option
def cost(month: str | None, by: str, to_json: bool) -> None:
    """Show what the usage of a month costs, in parts that sum to it."""
    asked = {"month": month, "by": by}
    found = api().get("/v1/analytics/costs", **{name: value for name, value in asked.items() if value})
    if to_json:
        output.as_json(found)
        return
    click.echo(_words(found))


def _words(found: dict[str, Any]) -> str:
    span, currency, by = found["month_to_date"], found["currency"], found["by"]
    facts = {"month": found["month"], "plan": found["plan"], "as of": output.clock(found["as_of"] or None)}
    facts |= {"today": found["today"], "list price": span["list"], "included": span["included"]}
    facts["to pay"] = f"{span['total']} {currency}"
    if outlook := found["forecast"]:
        facts["forecast"] = f"{outlook['expected']} {currency} ({outlook['low']} to {outlook['high']})"
    if (budget := found["budget"]) and (budget["amount"] or budget["hard_cap"]):
        facts["budget"] = f"{budget['amount'] or '-'} {currency}, hard cap {budget['hard_cap'] or '-'}"
    head = "\n".join(f"{name:12} {value}" for name, value in facts.items() if value is not None)
    rows = [{by: line["label"] or line["name"], "cost": line["cost"], "share": _share(line)} for line in found["lines"]]
    return f"{head}\n\n{output.table(rows, (by, 'cost', 'share'), 'nothing was used')}"


def _share(line: dict[str, Any]) -> str:
    return f"{line['share'] * 100:.1f} %"
