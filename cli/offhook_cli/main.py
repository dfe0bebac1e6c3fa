"""`offhook`: the command line."""

import os
import sys

import click

from offhook_cli import commands
from offhook_cli.http import Refused, Unreachable
from offhook_cli.places import NotSetUp


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def offhook() -> None:
    """Offhook from the command line: place calls, watch the floor, read reports.

    The address is OFFHOOK_URL, or this machine at PORT; the login is OFFHOOK_EMAIL and OFFHOOK_PASSWORD, or the
    demo's owner of the local run.
    """


for command in commands.ALL:
    offhook.add_command(command)


def main() -> None:
    """The console script; trouble is one sentence and exit status 1."""
    try:
        offhook.main(standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Refused as refused:
        click.echo(f"{refused} ({refused.code})", err=True)
        sys.exit(1)
    except (Unreachable, NotSetUp) as trouble:
        click.echo(str(trouble), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
