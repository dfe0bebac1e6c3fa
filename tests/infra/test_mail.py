"""Mail: the sender's domain is verified where there is one, and functions may send as nobody else."""

import json

from tests.infra.conftest import Assembly


def test_the_domain_is_verified_and_signed(assembly: Assembly) -> None:
    (identity,) = assembly.properties("edge", "AWS::SES::EmailIdentity")
    assert identity["EmailIdentity"] == "offhook.example"
    assert identity["MailFromAttributes"]["MailFromDomain"] == "bounce.offhook.example"
    records = assembly.properties("edge", "AWS::Route53::RecordSet")
    assert "_dmarc.offhook.example." in [record["Name"] for record in records]
    assert len([record for record in records if record["Type"] == "CNAME"]) == 3


def test_mail_is_sent_as_our_domain_alone(assembly: Assembly) -> None:
    statements = [
        statement
        for policy in assembly.properties("backend", "AWS::IAM::Policy")
        for statement in policy["PolicyDocument"]["Statement"]
        if "ses:" in str(statement["Action"])
    ]
    assert statements
    for statement in statements:
        assert statement["Action"] == "ses:SendEmail"
        assert json.dumps(statement["Resource"]).endswith(':identity/offhook.example"]]}')


def test_the_parent_account_is_read_where_tenants_are_set_up_and_never_by_what_answers_calls(
    assembly: Assembly,
) -> None:
    readers = {
        resource["Properties"]["Roles"][0]["Ref"].partition("Role")[0]
        for resource in assembly.resources("backend", "AWS::IAM::Policy")
        if "parameter/offhook-prod/carrier" in json.dumps(resource)
    }
    assert "Tenants" in readers
    assert not readers & {"Ivr", "Routing", "Surveys", "Customers", "Analytics", "Integrations"}
