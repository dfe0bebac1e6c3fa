"""Requests that the carrier sends to the application."""
