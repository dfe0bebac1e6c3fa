"""The tool writes what the desk reads."""

from typing import Any

from offhook.adapters.dynamo.rows import item_of
from offhook.adapters.memory.items import MemoryItems
from offhook.adapters.memory.store import MemoryStore
from offhook.domain.storage import Put, Table
from offhook.stores.operators import Operators

from infra.names import Names
from infra.operators import change, subject_of


class Account:
    """Keeps what was put."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {}

    def admin_get_user(self, **_: str) -> Any:
        return {"UserAttributes": [{"Name": "email", "Value": "x@example.com"}, {"Name": "sub", "Value": "s-1"}]}

    def put_item(self, TableName: str, Item: Any) -> None:
        self.rows[TableName] = Item

    def delete_item(self, TableName: str, Key: Any) -> None:
        assert self.rows.pop(TableName)["pk"] == Key["pk"]


def test_who_is_added_is_an_operator_until_removed() -> None:
    account, names = Account(), Names("offhook-test")
    subject = subject_of(account, "pool", "x@example.com")
    change(account, names, "add", subject)
    directory = MemoryItems(MemoryStore(), None)
    directory.commit(Put(item_of(Table.DIRECTORY, account.rows["offhook-test-directory"])))
    assert Operators(directory).has("s-1")
    change(account, names, "remove", subject)
    assert account.rows == {}
