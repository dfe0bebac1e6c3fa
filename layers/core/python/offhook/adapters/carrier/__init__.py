"""Carriers behind the telephony port."""
