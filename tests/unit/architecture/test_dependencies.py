"""functions → web → usecases → stores → domain ← adapters: each layer imports what it may, and nothing else."""

import sys

import pytest

from tests.unit.architecture.source import Source, sources

COMMON = {"domain", "startup", "lazily"}
MAY_IMPORT = {
    "domain": {"domain"},
    "stores": COMMON | {"stores"},
    "usecases": COMMON | {"stores", "usecases"},
    "adapters": COMMON | {"stores", "adapters"},
    "wiring": COMMON | {"stores", "usecases", "adapters", "settings", "wiring"},
    "web": COMMON | {"stores", "usecases", "adapters", "settings", "wiring", "web"},
    "functions": COMMON | {"stores", "usecases", "wiring", "web"},
}
THIRD_PARTY = {
    "domain": set[str](),
    "stores": {"msgspec"},
    "usecases": {"msgspec", "phonenumbers", "sqlglot"},
    "adapters": {
        "botocore",
        "cryptography",
        "msgspec",
        "pynamodb",
        "requests",
        "stripe",
        "twilio",
        "urllib3",
        "pyarrow",
    },
    "wiring": {"boto3", "botocore"},
    "web": {"aws_lambda_powertools", "chalice", "jwt", "msgspec"},
    "functions": {"chalice", "msgspec"},
}


def layer_of(name: str) -> str:
    """The layer of a module; "" for the package itself."""
    return "functions" if name.startswith("functions") else [*name.split("."), ""][1]


FILES = [one for one in sources("layers/core/python/offhook", "functions") if layer_of(one.name) in MAY_IMPORT]
TWILIO = "layers/core/python/offhook/adapters/carrier/twilio/"


def shown(one: Source) -> str:
    """The file as part of a test's name."""
    return one.shown


@pytest.mark.parametrize("one", FILES, ids=shown)
def test_a_file_imports_what_its_layer_may(one: Source) -> None:
    layer = layer_of(one.name)
    ours = {layer_of(name) for name, _ in one.imports() if name.startswith("offhook.")}  # for types too
    assert ours - {""} <= MAY_IMPORT[layer]
    others = {name.split(".")[0] for name, needed in one.imports() if needed}
    foreign = others - set(sys.stdlib_module_names) - {"offhook", ""}
    assert foreign <= THIRD_PARTY[layer]


def test_only_the_adapter_of_billing_imports_stripe() -> None:
    found = [(one.shown, name) for one in sources("layers", "functions") for name, _ in one.imports()]
    users = {shown for shown, name in found if name.split(".")[0] == "stripe"}
    assert users and all(user.startswith("layers/core/python/offhook/adapters/stripe/") for user in users), users


def test_only_the_carriers_adapter_imports_twilio() -> None:
    users = {
        one.shown
        for one in sources("layers", "functions")
        for name, _ in one.imports()
        if name.split(".")[0] == "twilio"
    }
    assert users
    assert all(user.startswith(TWILIO) for user in users), users


def test_only_settings_reads_the_environment() -> None:
    reads = ("environ", "getenv", "putenv")
    users = [one.shown for one in sources("layers", "functions") if any(word in one.text for word in reads)]
    assert users == ["layers/core/python/offhook/settings.py"]


def test_only_wiring_and_the_database_make_clients() -> None:
    makers = ("create_client", "boto3.", "get_session", "Connection(")
    found = {one.shown.removeprefix("layers/core/python/offhook/") for one in sources("layers", "functions")
             if any(word in one.text for word in makers)}  # fmt: skip
    assert found <= {
        "wiring/clients.py",
        "adapters/aws_session.py",
        "adapters/botocore_hooks.py",
        "adapters/dynamo/database.py",
        "adapters/live_channel.py",
        "stores/counters.py",
        "web/live.py",
    }


def test_functions_never_import_one_another() -> None:
    for one in sources("functions"):
        assert [name for name, _ in one.imports() if name.split(".")[0] == "functions"] == []


def test_a_function_is_one_file_of_routes() -> None:
    assert {one.path.name for one in sources("functions")} == {"app.py", "handler.py"}


def test_what_is_shipped_imports_nothing_of_tests_tools_or_the_laptop() -> None:
    for one in sources("layers", "functions"):
        tops = {name.split(".")[0] for name, _ in one.imports()}
        assert not tops & {"tests", "local", "bench", "infra", "tools", "offhook_cli", "moto", "ministack"}, one.shown
