"""Surveys: questions, scales and scores."""
