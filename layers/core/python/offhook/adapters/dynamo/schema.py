"""Keys and indexes of the models in DynamoDB's own words: for CDK, for test tables, for the connection."""

from typing import Any

from offhook.adapters.dynamo.tables import EXPIRING, STREAMED, TABLES, ItemModel
from offhook.domain.storage import Table

EXPIRY_ATTRIBUTE = "expires_at"


def table_of(model: type[ItemModel]) -> Table:
    """Which table a model describes."""
    return Table(model.Meta.table_name)


def model_of(table: Table) -> type[ItemModel]:
    """The model of a table."""
    return next(model for model in TABLES if table_of(model) is table)


def definition(model: type[ItemModel], name: str) -> dict[str, Any]:
    """Arguments of CreateTable for the model under that full name."""
    schema = model._get_schema()  # private in PynamoDB, whose version is locked; used here only
    wanted: dict[str, Any] = {
        "TableName": name,
        "KeySchema": schema["key_schema"],
        "AttributeDefinitions": schema["attribute_definitions"],
        "BillingMode": "PAY_PER_REQUEST",
    }
    if schema["global_secondary_indexes"]:
        wanted["GlobalSecondaryIndexes"] = [_index(index) for index in schema["global_secondary_indexes"]]
    if table_of(model) in STREAMED:
        wanted["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
    return wanted


def expires(model: type[ItemModel]) -> bool:
    """Whether DynamoDB deletes the table's items after their expiry."""
    return table_of(model) in EXPIRING


def _index(index: Any) -> dict[str, Any]:
    return {
        "IndexName": index["index_name"],
        "KeySchema": index["key_schema"],
        "Projection": index["projection"],
    }
