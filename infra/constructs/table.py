"""A DynamoDB table whose keys, index, stream and expiry come from its PynamoDB model."""

from dataclasses import dataclass
from typing import Any

from aws_cdk import RemovalPolicy, aws_dynamodb, aws_kms
from constructs import Construct
from offhook.adapters.dynamo.tables import EXPIRING, STREAMED, ItemModel

EXPIRY = "expires_at"
_TYPES = {
    "S": aws_dynamodb.AttributeType.STRING,
    "N": aws_dynamodb.AttributeType.NUMBER,
    "B": aws_dynamodb.AttributeType.BINARY,
}


@dataclass(frozen=True, slots=True)
class Keys:
    """Hash and range key of a table or an index."""

    hash: aws_dynamodb.Attribute
    range: aws_dynamodb.Attribute


@dataclass(frozen=True, slots=True)
class Index:
    """A secondary index and what it carries of each item."""

    name: str
    keys: Keys
    projection: aws_dynamodb.ProjectionType


@dataclass(frozen=True, slots=True)
class Shape:
    """What a model says about its table."""

    keys: Keys
    indexes: tuple[Index, ...]


def shape_of(model: type[ItemModel]) -> Shape:
    """The only place that reads PynamoDB's private schema; its version is pinned in requirements/layer.in."""
    schema: dict[str, Any] = dict(model._get_schema())
    types = {a["AttributeName"]: a["AttributeType"] for a in schema["attribute_definitions"]}
    indexes = (
        Index(
            name=index["index_name"],
            keys=_keys(index["key_schema"], types),
            projection=aws_dynamodb.ProjectionType(index["projection"]["ProjectionType"]),
        )
        for index in schema["global_secondary_indexes"]
    )
    return Shape(keys=_keys(schema["key_schema"], types), indexes=tuple(indexes))


def _keys(schema: list[dict[str, str]], types: dict[str, str]) -> Keys:
    names = {part["KeyType"]: part["AttributeName"] for part in schema}
    return Keys(
        *(aws_dynamodb.Attribute(name=names[kind], type=_TYPES[types[names[kind]]]) for kind in ("HASH", "RANGE"))
    )


class ModelTable(aws_dynamodb.Table):
    """Pays per request, keeps 35 days of history, outlives its stack."""

    def __init__(
        self, scope: Construct, id: str, *, model: type[ItemModel], name: str, key: aws_kms.IKey, guarded: bool
    ) -> None:
        """guarded: refuse deletion by any means until somebody lifts the protection."""
        shape = shape_of(model)
        logical = model.Meta.table_name
        super().__init__(
            scope,
            id,
            table_name=name,
            partition_key=shape.keys.hash,
            sort_key=shape.keys.range,
            billing_mode=aws_dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=aws_dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryption_key=key,
            point_in_time_recovery_specification=aws_dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            time_to_live_attribute=EXPIRY if logical in EXPIRING else None,
            stream=aws_dynamodb.StreamViewType.NEW_AND_OLD_IMAGES if logical in STREAMED else None,
            deletion_protection=guarded,
            removal_policy=RemovalPolicy.RETAIN,
        )
        for index in shape.indexes:
            self.add_global_secondary_index(
                index_name=index.name,
                partition_key=index.keys.hash,
                sort_key=index.keys.range,
                projection_type=index.projection,
            )
