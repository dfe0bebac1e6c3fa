"""The numbers in survey webhooks: where the survey begins, and which question is answered at which attempt.

0 begins the survey. From 1 on each question has ATTEMPTS numbers: the number of a webhook alone tells
question and attempt, so that a repeated webhook gets the same answer again.
"""

BEGIN = 0
ATTEMPTS = 2


def number_of(question: int, attempt: int = 0) -> int:
    """The number of asking this question (from 0) at this attempt (from 0)."""
    return 1 + question * ATTEMPTS + attempt


def asked_by(number: int) -> tuple[int, int]:
    """Question and attempt of a number from 1."""
    return divmod(number - 1, ATTEMPTS)
