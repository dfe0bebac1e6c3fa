"""`offhook demo`: traffic from scripted callers, and agents for it."""

import random
import time

import click

from offhook_cli import output
from offhook_cli.options import api, carrier, json_option
from offhook_cli.places import base_url, demo_logins, demo_number
from offhook_cli.practice.agents import staffed
from offhook_cli.practice.callers import Traffic, duration_s

MOST_AGENTS = 12


@click.command()
@click.option("--agents", default=8, show_default=True, type=click.IntRange(0, MOST_AGENTS), help="Signed in at least.")
@click.option("--calls-per-hour", default=120.0, show_default=True, type=click.FloatRange(min=0, min_open=True))
@click.option("--for", "for_", default="", help="How long, e.g. 10m (default: until interrupted).")
@click.option("--seed", type=int, help="Repeats the same callers.")
@json_option
def demo(agents: int, calls_per_hour: float, for_: str, seed: int | None, to_json: bool) -> None:
    """Let callers call and agents answer, until stopped."""
    network, chance = carrier(), random.Random(seed)
    traffic = Traffic(network, demo_number(), chance, calls_per_hour)
    with staffed(base_url(), [one for one in demo_logins() if one.role == "agent"][:agents], api()):
        ends = time.monotonic() + duration_s(for_) if for_ else float("inf")
        while time.monotonic() < ends:
            placed = traffic.place_one()
            if to_json:
                output.as_json_line(placed)
            else:
                click.echo(f"{time.strftime('%H:%M:%S')}  {placed['from']}  {placed['script']}")
            time.sleep(max(0.0, min(traffic.gap_s(), ends - time.monotonic())))
