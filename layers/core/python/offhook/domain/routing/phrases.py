"""What is said of matching, phrase by phrase: why a contact went to an agent, why it waits. Screens translate them.

A stored reason is one line of phrases with "; " between them; what was said once is read for as long as the contact.
"""

REASONS: dict[str, str] = {
    "no_skill": "no skill needed",
    "skills": "skills {levels}",
    "skills_relaxed": "skills {levels} (relaxed by {points})",
    "priority": "priority {priority}",
    "waited": "waited {waited} s of {target} s target",
    "tier": "tier {tier} +{points}",
    "promoter": "promoter, last score {score} +{points}",
    "dissatisfied": "dissatisfied, last score {score}",
    "complainer": "frequent complainer: {count} of the last {latest} contacts",
    "overflow": "overflow from {queue}",
    "preferred": "preferred agent",
    "best_rated": "best rated of the free, {score} of 100",
    "has_language": "has {language}",
    "without_language": "without {language}",
    "passed_over": "passed it over before, nobody else free",
    "idle": "idle {idle} s",
    "covered": "{count} free left for {queue}",
    "claimed": "claimed by the agent",
}
WAITS: dict[str, str] = {
    "state": "The contact is {state}.",
    "no_queue": "Queue {queue} does not exist any more.",
    "nobody": "Nobody who serves {queue} is signed in.",
    "no_channel": "{count} signed in for {queue}, but nobody takes {channel}s.",
    "kept": "Kept for the agent who served the customer last, {agent}, who is {state}, for {rest} s more.",
    "kept_away": "Kept for the agent who served the customer last, {agent}, who is not signed in, for {rest} s more.",
    "no_language": "{count} signed in for {queue}, but nobody has {language}.",
    "no_language_yet": "{count} signed in for {queue}, but nobody has {language} (others may from {rest} s on).",
    "no_level": "{count} signed in for {queue}, but nobody has {levels}.",
    "no_level_yet": "{count} signed in for {queue}, but nobody has {levels} (levels relax in {rest} s).",
    "due": "{count} free for {queue}, {ahead} contacts ahead: an offer is due.",
    "taken": "Nobody who can take it is free ({count}: {states}); ahead in {queue}: {ahead}.",
}


def reason(phrase: str, **values: object) -> str:
    """One phrase of a reason."""
    return REASONS[phrase].format(**values)


def wait(phrase: str, **values: object) -> str:
    """Why a contact waits."""
    return WAITS[phrase].format(**values)
