"""Twilio and whatever speaks its API."""
