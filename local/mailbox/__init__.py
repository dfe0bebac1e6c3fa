"""The mails that the embedded SES took: read back, listed as JSON, shown as a page with links to click."""
