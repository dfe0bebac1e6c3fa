"""Who operates the platform: `python -m infra.operators add|remove <email> --stage <stage>`; no route can do this."""

import argparse
from typing import Any

import boto3
from offhook.adapters.dynamo.rows import row_of
from offhook.domain.storage import Item
from offhook.stores import keys
from offhook.stores.operators import OPERATOR

from infra.names import Names, Shared


def main() -> None:
    """Against the account, or the emulator, that the environment names."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("doing", choices=("add", "remove"))
    asked.add_argument("email")
    asked.add_argument("--stage", required=True)
    given = asked.parse_args()
    names = Names(f"offhook-{given.stage}")
    pool = boto3.client("ssm").get_parameter(Name=names.parameter(Shared.USER_POOL_ID))["Parameter"]["Value"]
    subject = subject_of(boto3.client("cognito-idp"), pool, given.email)
    change(boto3.client("dynamodb"), names, given.doing, subject)
    print(f"{given.email} ({subject}): {given.doing}")


def subject_of(cognito: Any, pool: str, email: str) -> str:
    """The person's id in the pool."""
    found = cognito.admin_get_user(UserPoolId=pool, Username=email)["UserAttributes"]
    return next(str(one["Value"]) for one in found if one["Name"] == "sub")


def change(dynamodb: Any, names: Names, doing: str, subject: str) -> None:
    """List the person, or not any more; again changes nothing."""
    key = keys.directory(OPERATOR, subject)
    table, row = names.of(str(key.table)), row_of(Item(key))
    if doing == "add":
        dynamodb.put_item(TableName=table, Item=row)
    else:
        dynamodb.delete_item(TableName=table, Key={"pk": row["pk"], "sk": row["sk"]})


if __name__ == "__main__":
    main()
