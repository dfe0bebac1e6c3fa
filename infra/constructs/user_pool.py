"""Who may sign in: one pool for all tenants, whose members cannot change what decides their rights."""

from aws_cdk import Duration, RemovalPolicy, aws_cognito
from constructs import Construct

CODE_SUBJECT = "Your Offhook code / 您的 Offhook 验证码"
CODE_TEXT = """Your code is {{####}}. Enter it here, with a new password: {link}
If it was not you who asked, do nothing.

您的验证码是 {{####}}，请在以下页面输入验证码和新密码：{link}
如果不是您本人操作，请忽略此邮件。
"""


class UserPool(aws_cognito.UserPool):
    """E-mail sign-in on our own pages; a second factor is possible for all and enforced for some by the edge."""

    def __init__(self, scope: Construct, id: str, *, name: str, guarded: bool, claims_arn: str, app_url: str) -> None:
        """guarded: refuse deletion until the protection is lifted; claims_arn: the function asked before each token;
        app_url: where the page is that takes the code of a reset.

        The function is named by its address and not by reference: it is in a stack that needs this one.
        """
        super().__init__(
            scope,
            id,
            user_pool_name=name,
            feature_plan=aws_cognito.FeaturePlan.ESSENTIALS,
            self_sign_up_enabled=False,
            sign_in_aliases=aws_cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            auto_verify=aws_cognito.AutoVerifiedAttrs(email=True),
            standard_attributes=aws_cognito.StandardAttributes(
                email=aws_cognito.StandardAttribute(required=True, mutable=True)
            ),
            mfa=aws_cognito.Mfa.OPTIONAL,
            mfa_second_factor=aws_cognito.MfaSecondFactor(sms=False, otp=True),
            password_policy=aws_cognito.PasswordPolicy(
                min_length=12,
                require_lowercase=True,
                require_uppercase=True,
                require_digits=True,
                require_symbols=True,
                temp_password_validity=Duration.days(3),
            ),
            user_verification=aws_cognito.UserVerificationConfig(
                email_subject=CODE_SUBJECT, email_body=CODE_TEXT.format(link=f"{app_url}/reset")
            ),
            account_recovery=aws_cognito.AccountRecovery.EMAIL_ONLY,
            deletion_protection=guarded,
            removal_policy=RemovalPolicy.RETAIN,
        )
        self._ask(claims_arn)

    def _ask(self, claims_arn: str) -> None:
        """Version 2 may change access tokens; version 1 reaches ID tokens only."""
        trigger = {"LambdaArn": claims_arn, "LambdaVersion": "V2_0"}
        pool = self.node.default_child
        assert isinstance(pool, aws_cognito.CfnUserPool)
        pool.add_property_override("LambdaConfig.PreTokenGenerationConfig", trigger)

    def console_client(self, id: str) -> aws_cognito.UserPoolClient:
        """The console's client: no hosted pages and so no scopes, and of the person's attributes only the name.

        Its tokens never carry the right to change the user at the pool: the trigger takes it away (web/claims.py).
        """
        return self.add_client(
            id,
            auth_flows=aws_cognito.AuthFlow(user_srp=True, user_password=True),
            generate_secret=False,
            disable_o_auth=True,
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            id_token_validity=Duration.minutes(15),
            access_token_validity=Duration.minutes(15),
            refresh_token_validity=Duration.hours(12),
            write_attributes=aws_cognito.ClientAttributes().with_standard_attributes(fullname=True),
        )
