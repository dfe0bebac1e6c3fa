"""Importing a module reads no file beside modules, opens no connection and starts nothing."""

import subprocess
import sys

from tests.unit.architecture.source import CORE, ROOT, sources

PROGRAM = """
import sys
from importlib import import_module

STARTED = ("socket.connect", "socket.bind", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork")
CHANGED = ("os.remove", "os.rename", "os.mkdir", "shutil.rmtree")
seen = []


def watch(event, arguments):
    if event == "socket.bind" and arguments[1] == ("::1", 0):  # urllib3 asks whether there is IPv6
        return
    if event in STARTED or event in CHANGED or (event == "open" and "w" in str(arguments[1] or "r")):
        seen.append((now, event, str(arguments)[:120]))


now = ""
sys.dont_write_bytecode = True
sys.addaudithook(watch)
for now in sys.argv[1:]:
    import_module(now)
import threading
assert threading.active_count() == 1, threading.enumerate()
assert not seen, seen
"""


def test_importing_any_module_of_the_product_does_nothing() -> None:
    names = [one.name for one in sources("layers/core/python/offhook", "functions")]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *names],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        env={"PYTHONPATH": f"{CORE}:{ROOT}"},
    )
    assert done.returncode == 0, done.stderr


def test_importing_the_product_needs_no_settings_and_no_credentials() -> None:
    program = "import functions.ivr.app, functions.routing.app, functions.analytics.app, offhook.wiring.aws"
    environment = {"PYTHONPATH": f"{CORE}:{ROOT}", "HOME": "/nonexistent"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, cwd=ROOT, env=environment
    )
    assert done.returncode == 0, done.stderr
