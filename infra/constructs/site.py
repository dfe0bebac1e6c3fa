"""The console's files and the one host that people use: `/` from the bucket, `/v1/*` from the API."""

from aws_cdk import (
    Acknowledgment,
    Aws,
    Duration,
    RemovalPolicy,
    Validations,
    aws_certificatemanager,
    aws_cloudfront,
    aws_cloudfront_origins,
    aws_s3,
)
from constructs import Construct

from infra.console import screens_function
from infra.console_headers import SECURITY, content_policy
from infra.names import Names

_LOGS_ELSEWHERE = "@aws-cdk/aws-s3:accessLogsPolicyNotAdded"


class SiteBuckets(Construct):
    """The files, and the log of who asked for them. Files are public by nature, so S3's own key is enough."""

    def __init__(self, scope: Construct, id: str, *, names: Names) -> None:
        """names: of the deployment."""
        super().__init__(scope, id)
        Validations.of(self).acknowledge(
            Acknowledgment(
                id=_LOGS_ELSEWHERE, reason="the bucket of the access logs lets every bucket of the account in"
            )
        )
        self.logs = aws_s3.Bucket(
            self,
            "Logs",
            bucket_name=names.bucket("edge-logs"),
            encryption=aws_s3.BucketEncryption.S3_MANAGED,
            block_public_access=aws_s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=aws_s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,  # the CDN writes its log with an ACL
            enforce_ssl=True,
            lifecycle_rules=[aws_s3.LifecycleRule(id="year", expiration=Duration.days(365))],
            removal_policy=RemovalPolicy.RETAIN,
        )
        self.files = aws_s3.Bucket(
            self,
            "Files",
            bucket_name=names.bucket("console"),
            encryption=aws_s3.BucketEncryption.S3_MANAGED,
            block_public_access=aws_s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=aws_s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            versioned=True,
            server_access_logs_bucket=aws_s3.Bucket.from_bucket_name(self, "AccessLogs", names.bucket("access-logs")),
            server_access_logs_prefix="console/",
            lifecycle_rules=[
                aws_s3.LifecycleRule(id="replaced", noncurrent_version_expiration=Duration.days(30)),
            ],
            removal_policy=RemovalPolicy.RETAIN,
        )


class Site(Construct):
    """The CDN over both."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        names: Names,
        host: str,
        api_host: str,
        certificate: aws_certificatemanager.ICertificate,
    ) -> None:
        """certificate: must lie in us-east-1, where the CDN looks for it."""
        super().__init__(scope, id)
        buckets = SiteBuckets(self, "Buckets", names=names)
        self.files = buckets.files
        cdn = aws_cloudfront
        api = cdn.BehaviorOptions(
            origin=aws_cloudfront_origins.HttpOrigin(api_host, origin_ssl_protocols=[cdn.OriginSslPolicy.TLS_V1_2]),
            allowed_methods=cdn.AllowedMethods.ALLOW_ALL,
            cache_policy=cdn.CachePolicy.CACHING_DISABLED,
            origin_request_policy=cdn.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            viewer_protocol_policy=cdn.ViewerProtocolPolicy.HTTPS_ONLY,
        )
        self.distribution = cdn.Distribution(
            self,
            "Cdn",
            comment=names.prefix,
            domain_names=[host],
            certificate=certificate,
            minimum_protocol_version=cdn.SecurityPolicyProtocol.TLS_V1_2_2021,
            http_version=cdn.HttpVersion.HTTP2_AND_3,
            default_root_object="index.html",
            default_behavior=cdn.BehaviorOptions(
                origin=aws_cloudfront_origins.S3BucketOrigin.with_origin_access_control(buckets.files),
                viewer_protocol_policy=cdn.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
                response_headers_policy=_headers(self, names, api_host),
                function_associations=[_screens(self, names)],
                compress=True,
            ),
            additional_behaviors={"/v1/*": api},
            enable_logging=True,
            log_bucket=buckets.logs,
        )


def _headers(scope: Construct, names: Names, api_host: str) -> aws_cloudfront.ResponseHeadersPolicy:
    """What a browser may do with the console: talk to our hosts and the carrier's, be framed by nobody."""
    c = aws_cloudfront
    apis = (f"https://{api_host}", f"wss://{api_host.replace('api.', 'ws.', 1)}")
    stores = [f"https://{names.bucket('recordings')}.{s3}.{Aws.URL_SUFFIX}" for s3 in ("s3", f"s3.{Aws.REGION}")]
    return c.ResponseHeadersPolicy(
        scope,
        "Headers",
        response_headers_policy_name=f"{names.prefix}-{Aws.REGION}",
        security_headers_behavior=c.ResponseSecurityHeadersBehavior(
            content_security_policy=c.ResponseHeadersContentSecurityPolicy(
                content_security_policy=content_policy(apis, stores), override=True
            ),
            content_type_options=c.ResponseHeadersContentTypeOptions(override=True),
            frame_options=c.ResponseHeadersFrameOptions(
                frame_option=c.HeadersFrameOption[SECURITY["X-Frame-Options"]], override=True
            ),
            referrer_policy=c.ResponseHeadersReferrerPolicy(
                referrer_policy=c.HeadersReferrerPolicy[SECURITY["Referrer-Policy"].upper().replace("-", "_")],
                override=True,
            ),
            strict_transport_security=c.ResponseHeadersStrictTransportSecurity(
                access_control_max_age=Duration.days(365), include_subdomains=True, override=True
            ),
        ),
    )


def _screens(scope: Construct, names: Names) -> aws_cloudfront.FunctionAssociation:
    """Every address of the console that is no file of it is answered with its one page; the API keeps its own 404."""
    c = aws_cloudfront
    function = c.Function(
        scope,
        "Screens",
        function_name=f"{names.prefix}-screens",
        code=c.FunctionCode.from_inline(screens_function()),
        runtime=c.FunctionRuntime.JS_2_0,
        comment="Screens are one page",
    )
    return c.FunctionAssociation(function=function, event_type=c.FunctionEventType.VIEWER_REQUEST)
