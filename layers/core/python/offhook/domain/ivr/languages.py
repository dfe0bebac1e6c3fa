"""Which language a caller is spoken to in."""

from offhook.domain.ivr.flow import Flow


def caller_language(flow: Flow, preferred: str) -> str:
    """The customer's language if the flow speaks it, or one of the same tongue; else the flow's own."""
    tongue = preferred.partition("-")[0]
    alike = (known for known in flow.languages if preferred and known.partition("-")[0] == tongue)
    return preferred if preferred in flow.languages else next(alike, flow.language)
