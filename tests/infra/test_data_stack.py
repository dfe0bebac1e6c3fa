"""What holds data: keys as the models say, and every setting that the embedded AWS drops without a word."""

from typing import Any

import pytest
from offhook.adapters.dynamo.tables import EXPIRING, STREAMED, TABLES, ItemModel
from offhook.domain.event_schema import lake_columns

from tests.infra.conftest import PREFIX, Assembly

TABLE = "AWS::DynamoDB::Table"


def table_of(assembly: Assembly, model: type[ItemModel]) -> dict[str, Any]:
    name = f"{PREFIX}-{model.Meta.table_name}"
    return next(t for t in assembly.properties("data", TABLE) if t["TableName"] == name)


@pytest.mark.parametrize("model", TABLES, ids=lambda m: m.__name__)
def test_table_has_the_keys_and_indexes_of_its_model(assembly: Assembly, model: type[ItemModel]) -> None:
    table, schema = table_of(assembly, model), model._get_schema()
    assert table["KeySchema"] == schema["key_schema"]
    declared = {i["index_name"]: (i["key_schema"], i["projection"]) for i in schema["global_secondary_indexes"]}
    deployed = {
        i["IndexName"]: (
            [{"AttributeName": k["AttributeName"], "KeyType": k["KeyType"]} for k in i["KeySchema"]],
            i["Projection"],
        )
        for i in table.get("GlobalSecondaryIndexes", [])
    }
    assert deployed == declared


@pytest.mark.parametrize("model", TABLES, ids=lambda m: m.__name__)
def test_table_is_encrypted_restorable_and_kept(assembly: Assembly, model: type[ItemModel]) -> None:
    table = table_of(assembly, model)
    assert table["SSESpecification"]["SSEType"] == "KMS"
    assert "Key" in str(table["SSESpecification"]["KMSMasterKeyId"])
    assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert table["DeletionProtectionEnabled"] is True
    assert table["BillingMode"] == "PAY_PER_REQUEST"


@pytest.mark.parametrize("model", TABLES, ids=lambda m: m.__name__)
def test_items_expire_and_stream_where_the_models_say(assembly: Assembly, model: type[ItemModel]) -> None:
    table, logical = table_of(assembly, model), model.Meta.table_name
    assert table.get("TimeToLiveSpecification") == (
        {"AttributeName": "expires_at", "Enabled": True} if logical in EXPIRING else None
    )
    assert table.get("StreamSpecification") == (
        {"StreamViewType": "NEW_AND_OLD_IMAGES"} if logical in STREAMED else None
    )


def test_stateful_resources_outlive_their_stack(assembly: Assembly) -> None:
    kinds = [
        TABLE,
        "AWS::S3::Bucket",
        "AWS::KMS::Key",
        "AWS::Kinesis::Stream",
        "AWS::Cognito::UserPool",
        "AWS::SQS::Queue",
    ]
    for kind in kinds:
        found = list(assembly.resources("data", kind))
        assert found
        assert {(r["DeletionPolicy"], r["UpdateReplacePolicy"]) for r in found} == {("Retain", "Retain")}, kind


def test_event_stream_lies_under_the_product_key(assembly: Assembly) -> None:
    (stream,) = assembly.properties("data", "AWS::Kinesis::Stream")
    assert stream["StreamEncryption"]["EncryptionType"] == "KMS"
    assert stream["StreamModeDetails"] == {"StreamMode": "ON_DEMAND"}


def test_buckets_are_private_encrypted_tls_only_and_have_a_lifecycle(assembly: Assembly) -> None:
    buckets = assembly.properties("data", "AWS::S3::Bucket")
    assert len(buckets) == 6
    for bucket in buckets:
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
        assert bucket["BucketEncryption"]
        assert any(rule["Status"] == "Enabled" for rule in bucket["LifecycleConfiguration"]["Rules"])
    policies = assembly.properties("data", "AWS::S3::BucketPolicy")
    denials = [p for p in policies if "'aws:SecureTransport': 'false'" in str(p["PolicyDocument"])]
    assert len(denials) == len(buckets)


def test_every_bucket_may_write_its_access_log_also_one_of_another_stack(assembly: Assembly) -> None:
    logged = [*assembly.properties("data", "AWS::S3::Bucket"), *assembly.properties("edge", "AWS::S3::Bucket")]
    assert sum("LoggingConfiguration" in bucket for bucket in logged) == 6
    policies = [str(p["PolicyDocument"]) for p in assembly.properties("data", "AWS::S3::BucketPolicy")]
    (leave,) = [p for p in policies if "{'aws:SourceAccount': {'Ref': 'AWS::AccountId'}}}, 'Effect': 'Allow'" in p]
    assert "logging.s3.amazonaws.com" in leave


def test_query_results_are_gone_after_a_week(assembly: Assembly) -> None:
    results = next(b for b in assembly.properties("data", "AWS::S3::Bucket") if "-results-" in str(b["BucketName"]))
    assert 7 in [rule.get("ExpirationInDays") for rule in results["LifecycleConfiguration"]["Rules"]]


def test_lake_table_has_the_columns_of_the_event_catalogue(assembly: Assembly) -> None:
    (table,) = assembly.properties("data", "AWS::Glue::Table")
    columns = table["TableInput"]["StorageDescriptor"]["Columns"]
    assert [(c["Name"], c["Type"]) for c in columns] == lake_columns()


def test_lake_partitions_are_computed_and_a_query_must_name_its_tenant(assembly: Assembly) -> None:
    (table,) = assembly.properties("data", "AWS::Glue::Table")
    parameters = table["TableInput"]["Parameters"]
    assert parameters["projection.enabled"] == "true"
    assert parameters["projection.tenant.type"] == "injected"
    assert parameters["projection.dt.type"] == "date"
    assert str(parameters["storage.location.template"]).count("tenant=${tenant}/dt=${dt}") == 1


def test_events_are_delivered_as_parquet_by_tenant_and_day(assembly: Assembly) -> None:
    (delivery,) = assembly.properties("data", "AWS::KinesisFirehose::DeliveryStream")
    target = delivery["ExtendedS3DestinationConfiguration"]
    assert target["Prefix"] == "events/tenant=!{partitionKeyFromQuery:tenant}/dt=!{partitionKeyFromQuery:dt}/"
    assert target["ErrorOutputPrefix"].startswith("events-errors/!{firehose:error-output-type}/")
    assert target["DataFormatConversionConfiguration"]["Enabled"] is True
    assert target["BufferingHints"]["IntervalInSeconds"] == 60


def test_a_query_may_not_read_without_limit(assembly: Assembly) -> None:
    (group,) = assembly.properties("data", "AWS::Athena::WorkGroup")
    configuration = group["WorkGroupConfiguration"]
    assert configuration["EnforceWorkGroupConfiguration"] is False, "each query names its tenant's own place"
    assert 0 < configuration["BytesScannedCutoffPerQuery"] <= 50 * 1024**3


def test_people_cannot_change_the_attributes_that_decide_their_rights(assembly: Assembly) -> None:
    (client,) = assembly.properties("data", "AWS::Cognito::UserPoolClient")
    assert client["WriteAttributes"] == ["name"]
    assert (client["AccessTokenValidity"], client["TokenValidityUnits"]["AccessToken"]) == (15, "minutes")
    (pool,) = assembly.properties("data", "AWS::Cognito::UserPool")
    assert pool["MfaConfiguration"] == "OPTIONAL"
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert not [one for one in pool["Schema"] if one["Name"] != "email"]


def test_the_client_has_no_pages_and_no_scopes_of_its_own(assembly: Assembly) -> None:
    (client,) = assembly.properties("data", "AWS::Cognito::UserPoolClient")
    assert client["AllowedOAuthFlowsUserPoolClient"] is False
    assert not {"AllowedOAuthScopes", "AllowedOAuthFlows", "CallbackURLs"} & set(client)
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert client["EnableTokenRevocation"] is True


def test_every_access_token_is_made_by_asking_who_its_person_is_in_which_tenant(assembly: Assembly) -> None:
    (pool,) = assembly.properties("data", "AWS::Cognito::UserPool")
    trigger = pool["LambdaConfig"]["PreTokenGenerationConfig"]
    assert trigger["LambdaVersion"] == "V2_0"
    assert f"function:{PREFIX}-tenants-claims" in str(trigger["LambdaArn"])
    (permission,) = [
        p
        for p in assembly.properties("backend", "AWS::Lambda::Permission")
        if p["Principal"] == "cognito-idp.amazonaws.com"
    ]
    assert permission["Action"] == "lambda:InvokeFunction"
    assert "userpool/" in str(permission["SourceArn"])


def test_work_that_cannot_be_done_ends_in_dead_letters(assembly: Assembly) -> None:
    queues = {q["QueueName"]: q for q in assembly.properties("data", "AWS::SQS::Queue")}
    for name in ("work", "jobs"):
        redrive = queues[f"{PREFIX}-{name}"]["RedrivePolicy"]
        assert redrive["maxReceiveCount"] == 5
        assert f"{PREFIX}-{name}-dead" in queues


def test_signed_heads_are_locked_for_as_long_as_the_trail_is_kept(assembly: Assembly) -> None:
    (audit,) = (b for b in assembly.properties("data", "AWS::S3::Bucket") if "-audit-" in str(b["BucketName"]))
    assert audit["ObjectLockEnabled"] is True and audit["VersioningConfiguration"] == {"Status": "Enabled"}
    retention = audit["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
    assert retention == {"Mode": "COMPLIANCE", "Days": 3653}
    lives = [r["ExpirationInDays"] for r in audit["LifecycleConfiguration"]["Rules"] if "ExpirationInDays" in r]
    assert lives and min(lives) > retention["Days"], "never tried before it is permitted"


def test_heads_are_signed_by_a_key_pair_that_signs_and_nothing_else(assembly: Assembly) -> None:
    (key,) = (k for k in assembly.properties("data", "AWS::KMS::Key") if k.get("KeyUsage"))
    assert (key["KeyUsage"], key["KeySpec"]) == ("SIGN_VERIFY", "ECC_NIST_P256")
