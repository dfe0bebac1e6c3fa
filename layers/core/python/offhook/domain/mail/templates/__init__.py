"""The table of mails by name; each module holds one mail's subject and text in every language."""

from collections.abc import Mapping

from offhook.domain.mail.templates import (
    billing_receipt,
    budget_actual,
    budget_forecast,
    invitation,
    payment_confirmation,
    payment_failed,
    tenant_erased,
    trial_ending,
    verification,
    webhook_disabled,
    webhook_failing,
    welcome,
)

Texts = Mapping[str, tuple[str, str]]  # language -> (subject, text); {names} are filled in

TABLE: Mapping[str, Texts] = {
    "billing_receipt": billing_receipt.TEXTS,
    "budget_actual": budget_actual.TEXTS,
    "budget_forecast": budget_forecast.TEXTS,
    "invitation": invitation.TEXTS,
    "payment_confirmation": payment_confirmation.TEXTS,
    "payment_failed": payment_failed.TEXTS,
    "tenant_erased": tenant_erased.TEXTS,
    "trial_ending": trial_ending.TEXTS,
    "verification": verification.TEXTS,
    "webhook_disabled": webhook_disabled.TEXTS,
    "webhook_failing": webhook_failing.TEXTS,
    "welcome": welcome.TEXTS,
}
