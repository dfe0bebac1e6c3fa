"""A way out that leads nowhere: it remembers what was sent and answers as it is told."""

from collections.abc import Callable
from dataclasses import dataclass, field

from offhook.domain.integrations.addresses import AddressRefused, Policy, target_of
from offhook.domain.integrations.requests import Answered, Outbound

Answer = Callable[[Outbound], Answered]


@dataclass
class MemorySender:
    """answer: what the other side says; sent: every request that the rule let out."""

    policy: Policy = field(default_factory=Policy)
    answer: Answer = lambda _: Answered(200)
    sent: list[Outbound] = field(default_factory=list)

    def send(self, request: Outbound) -> Answered:
        """The answer, unless the address is refused."""
        try:
            target_of(request.url, self.policy)
        except AddressRefused:
            return Answered(0, "address_refused")
        self.sent.append(request)
        return self.answer(request)
