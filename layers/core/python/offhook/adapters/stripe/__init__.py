"""Stripe behind the port BillingProvider; the only place that knows its words."""
