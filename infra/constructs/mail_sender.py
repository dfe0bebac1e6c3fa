"""The address that mails come from: a verified domain, so that they are signed and accepted."""

from aws_cdk import aws_route53, aws_ses
from constructs import Construct


class MailSender(Construct):
    """SES's identity for our domain: keys for its signature, and the domain that bounces go to, in our zone."""

    def __init__(self, scope: Construct, id: str, *, zone: aws_route53.IPublicHostedZone, domain: str) -> None:
        """zone: of the domain; mails come from no-reply@<domain>."""
        super().__init__(scope, id)
        self.identity = aws_ses.EmailIdentity(
            self,
            "Domain",
            identity=aws_ses.Identity.public_hosted_zone(zone),
            mail_from_domain=f"bounce.{domain}",
        )
        aws_route53.TxtRecord(
            self, "Policy", zone=zone, record_name="_dmarc", values=["v=DMARC1; p=quarantine; adkim=r; aspf=r"]
        )
