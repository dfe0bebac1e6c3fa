"""Billing: subscribe, pay, change, cancel; what the provider tells; usage on its way to an invoice."""
