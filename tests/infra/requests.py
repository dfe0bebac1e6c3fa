"""The requests that the adapters send, as IAM sees them: action, resource and condition keys."""

from collections.abc import Iterator, Mapping
from typing import Any

from offhook.adapters.guards.dynamodb import partitions

from tests.infra.iam import Request

Params = Mapping[str, Any]
PARTS = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
S3_ACTIONS = {"HeadObject": "GetObject"}


def seen_by_iam(service: str, operation: str, params: Params) -> Iterator[Request]:
    """What IAM is asked before the request is carried out; a transaction asks for each of its parts."""
    match service:
        case "dynamodb":
            yield from _dynamodb(operation, params)
        case "s3":
            yield from _s3(operation, params)
        case "kms":
            given = params.get("EncryptionContext", {})
            context = {f"kms:encryptioncontext:{name}": [v] for name, v in given.items()}
            yield Request(f"kms:{operation}", params.get("KeyId", ""), context)
        case "sesv2":
            domain = str(params["FromEmailAddress"]).rpartition("@")[2].rstrip(">")
            yield Request(f"ses:{operation}", _arn("ses", f"identity/{domain}"))
        case "ssm":
            yield Request(f"ssm:{operation}", _arn("ssm", f"parameter{params['Name']}"))
        case "sqs":
            name = params.get("QueueName") or str(params["QueueUrl"]).rpartition("/")[2]
            yield Request(f"sqs:{operation}", _arn("sqs", name))
        case "kinesis":
            yield Request(f"kinesis:{operation}", _arn("kinesis", f"stream/{params['StreamName']}"))
        case "cloudwatch":
            yield Request(f"cloudwatch:{operation}", "*")
        case "sts":
            yield Request(f"sts:{operation}", params["RoleArn"])
        case "cognito-idp" if operation.startswith("Admin"):
            yield Request(f"cognito-idp:{operation}", _arn("cognito-idp", f"userpool/{params['UserPoolId']}"))
        case "cognito-idp":
            return  # shown to be permitted by a token, a password or a code, not by IAM
        case _:
            raise NotImplementedError(f"{service} {operation}")


def _dynamodb(operation: str, params: Params) -> Iterator[Request]:
    if operation == "TransactWriteItems":
        for part in params["TransactItems"]:
            ((name, request),) = part.items()
            yield from _dynamodb_one(PARTS[name], request, {**request})
    elif operation == "Scan":
        yield Request("dynamodb:Scan", _table(params["TableName"]))
    elif operation == "BatchGetItem":
        for table, request in params["RequestItems"].items():
            keys = {"dynamodb:leadingkeys": [key["pk"]["S"] for key in request["Keys"]]}
            yield Request("dynamodb:BatchGetItem", _table(table), keys)
    else:
        yield from _dynamodb_one(operation, params, params)


def _dynamodb_one(action: str, params: Params, keyed: Params) -> Iterator[Request]:
    reader = "GetItem" if action == "ConditionCheckItem" else action
    leading = partitions(reader, keyed)
    table = _table(params["TableName"])
    resource = f"{table}/index/{params['IndexName']}" if params.get("IndexName") else table
    yield Request(f"dynamodb:{action}", resource, {"dynamodb:leadingkeys": leading[:1]})


def _table(name: str) -> str:
    return _arn("dynamodb", f"table/{name}")


def _arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:us-east-1:000000000000:{resource}"


def _s3(operation: str, params: Params) -> Iterator[Request]:
    """A copy asks for both its ends, a deletion of many for each."""
    bucket = f"arn:aws:s3:::{params['Bucket']}"
    match operation:
        case "ListObjectsV2":
            yield Request("s3:ListBucket", bucket, {"s3:prefix": [params["Prefix"]]})
        case "DeleteObjects":
            yield from (Request("s3:DeleteObject", f"{bucket}/{one['Key']}") for one in params["Delete"]["Objects"])
        case "CopyObject":
            source = params["CopySource"]
            yield Request("s3:GetObject", f"arn:aws:s3:::{source['Bucket']}/{source['Key']}")
            yield Request("s3:PutObject", f"{bucket}/{params['Key']}")
        case _:
            yield Request(f"s3:{S3_ACTIONS.get(operation, operation)}", f"{bucket}/{params['Key']}")
