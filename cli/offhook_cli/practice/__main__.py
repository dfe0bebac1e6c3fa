"""Practice agents as a process (python -m offhook_cli.practice --agents 4), until SIGTERM."""

import argparse
import logging
import signal
import threading

from offhook_cli.places import base_url, demo_logins
from offhook_cli.practice.agents import staffed


def main() -> None:
    """The first so many agents of the demo."""
    parser = argparse.ArgumentParser(prog="offhook_cli.practice", description=__doc__)
    parser.add_argument("--agents", type=int, required=True)
    count = parser.parse_args().agents
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with staffed(base_url(), [one for one in demo_logins() if one.role == "agent"][:count]):
        stop.wait()


if __name__ == "__main__":
    main()
