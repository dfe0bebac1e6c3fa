"""`offhook report`: a standard report."""

from typing import Any

import click

from offhook_cli import output
from offhook_cli.options import api, json_option

NAMES = ("volume", "queues", "agents", "outcomes", "dispositions", "satisfaction", "flow-paths", "ivr-keys")


@click.command()
@click.argument("name", type=click.Choice(NAMES))
@click.option("--from", "from_", help="First day, 2026-01-31, or time (default: today).")
@click.option("--to", help="Last day, or time (default: today).")
@click.option("--grain", help="Length of an interval, e.g. half_hour, hour, day.")
@click.option("--by", help="Further dimensions, comma-separated, e.g. queue.")
@click.option("--all", "everything", is_flag=True, help="Also intervals in which nothing happened.")
@json_option
def report(
    name: str, from_: str | None, to: str | None, grain: str | None, by: str | None, everything: bool, to_json: bool
) -> None:
    """Run a report over the recorded contacts."""
    asked = {"from": from_, "to": to, "grain": grain, "by": by}
    found = api().get(f"/v1/analytics/reports/{name}", **{key: value for key, value in asked.items() if value})
    if to_json:
        output.as_json(found)
        return
    click.echo(f"{name}: {found['start']} to {found['end']} ({found['time_zone']})\n")
    click.echo(_words(found, everything=everything))


def _words(found: dict[str, Any], *, everything: bool) -> str:
    keys = [column["name"] for column in found["columns"] if column["unit"] in ("time", "name")]
    measures = [column["name"] for column in found["columns"] if column["name"] not in keys]
    rows = found["rows"] if everything else [row for row in found["rows"] if any(row[m] for m in measures)]
    totals = {**found["totals"], keys[0]: "total"} if keys else found["totals"]
    used = measures if everything else [m for m in measures if any(row[m] for row in [*rows, totals])]
    return output.table([*rows, totals], [*keys, *used])
