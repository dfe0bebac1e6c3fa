"""`offhook phone`: what the person at a simulated telephone does whenever it rings."""

import click

from offhook_cli.options import carrier


@click.command()
@click.argument("number")
@click.argument("script")
def phone(number: str, script: str) -> None:
    """Let whoever is at NUMBER do as SCRIPT says: "answer after 1 s, press 1" accepts every call as an agent."""
    carrier().set_script(number, script)
    click.echo(f"{number}: {script}")
