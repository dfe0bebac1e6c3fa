"""What all commands share: --json, and how to reach the system."""

import click

from offhook_cli.http import Api, Carrier
from offhook_cli.places import base_url, login

json_option = click.option("--json", "to_json", is_flag=True, help="Print JSON instead of words.")


def api() -> Api:
    """The public API as the configured person."""
    return Api(base_url(), login())


def carrier() -> Carrier:
    """The simulator's controls."""
    return Carrier(base_url())
