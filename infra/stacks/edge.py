"""What our own domain is for: the hosts app., api. and ws., and the sender of mails. Made only where there is one."""

from aws_cdk import CfnOutput, Stack, aws_apigatewayv2, aws_certificatemanager, aws_route53, aws_route53_targets
from constructs import Construct

from infra.apps import APPS
from infra.constructs import websocket
from infra.constructs.mail_sender import MailSender
from infra.constructs.site import Site
from infra.names import Names, Shared
from infra.packaging.chalice_package import STAGE
from infra.settings import Settings


class EdgeStack(Stack):
    """Names and certificates; it can be replaced without touching a function."""

    def __init__(self, scope: Construct, id: str, *, settings: Settings) -> None:
        """settings: with a domain and the zone it lies in."""
        super().__init__(scope, id, description=f"Offhook {settings.stage}: hosts")
        self.names = Names(settings.prefix)
        self.zone = aws_route53.PublicHostedZone.from_public_hosted_zone_attributes(
            self, "Zone", hosted_zone_id=settings.hosted_zone_id, zone_name=settings.domain
        )
        self.certificate = aws_certificatemanager.Certificate(
            self,
            "Certificate",
            domain_name=settings.domain,
            subject_alternative_names=[f"*.{settings.domain}"],
            validation=aws_certificatemanager.CertificateValidation.from_dns(self.zone),
        )
        self._api_host(f"api.{settings.domain}")
        self._live_host(f"ws.{settings.domain}")
        self._site(f"app.{settings.domain}", f"api.{settings.domain}")
        MailSender(self, "Mail", zone=self.zone, domain=settings.domain)

    def _api_host(self, host: str) -> None:
        """One host, one path for each function; its stage stays out of the path."""
        domain = self._domain("Api", host)
        for app in APPS:
            api_id = self.names.shared(self, f"api-{app.area}")
            self._mapping(f"Api{app.area.title()}", domain, api_id, STAGE, f"v1/{app.area}")

    def _live_host(self, host: str) -> None:
        domain = self._domain("Live", host)
        self._mapping("LivePath", domain, self.names.shared(self, Shared.LIVE_API_ID), websocket.STAGE, None)

    def _site(self, host: str, api_host: str) -> None:
        site = Site(self, "Site", names=self.names, host=host, api_host=api_host, certificate=self.certificate)
        CfnOutput(self, "ConsoleBucket", value=site.files.bucket_name)
        CfnOutput(self, "ConsoleCdn", value=site.distribution.distribution_id)
        target = aws_route53.RecordTarget.from_alias(aws_route53_targets.CloudFrontTarget(site.distribution))
        aws_route53.ARecord(self, "AppRecord", zone=self.zone, record_name=host, target=target)

    def _domain(self, id: str, host: str) -> aws_apigatewayv2.CfnDomainName:
        c = aws_apigatewayv2.CfnDomainName
        domain = c(
            self,
            f"{id}Domain",
            domain_name=host,
            domain_name_configurations=[
                c.DomainNameConfigurationProperty(
                    certificate_arn=self.certificate.certificate_arn,
                    endpoint_type="REGIONAL",
                    security_policy="TLS_1_2",
                )
            ],
        )
        alias = aws_route53_targets.ApiGatewayv2DomainProperties(
            domain.attr_regional_domain_name, domain.attr_regional_hosted_zone_id
        )
        target = aws_route53.RecordTarget.from_alias(alias)
        aws_route53.ARecord(self, f"{id}Record", zone=self.zone, record_name=host, target=target)
        return domain

    def _mapping(
        self, id: str, domain: aws_apigatewayv2.CfnDomainName, api_id: str, stage: str, path: str | None
    ) -> None:
        aws_apigatewayv2.CfnApiMapping(
            self, id, api_id=api_id, domain_name=domain.ref, stage=stage, api_mapping_key=path
        )
