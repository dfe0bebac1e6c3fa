"""`offhook doctor`: whether a set-up, local or on AWS, is whole; what is wrong, in a sentence, and what to do."""

from dataclasses import asdict

import click

from offhook_cli import output
from offhook_cli.checks import CHECKS
from offhook_cli.checks.finding import looked
from offhook_cli.options import json_option


@click.command()
@json_option
def doctor(to_json: bool) -> None:
    """Look at every part of the set-up; exit status 1 when something is wrong.

    The address is OFFHOOK_URL or the local run; STAGE names the deployment whose AWS account is looked into.
    """
    found = [looked(name, check) for name, check in CHECKS.items()]
    if to_json:
        output.as_json([asdict(one) for one in found])
    else:
        for one in found:
            click.echo(f"{'ok   ' if one.ok else 'WRONG'} {one.what:16} {one.says}")
    if not all(one.ok for one in found):
        raise SystemExit(1)
