"""Transfer: connect the caller to an outside number."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.documents import DialNumber
from offhook.domain.ivr.inputs import ANSWERED, BUSY, FAILED, NO_ANSWER, Input, Returned
from offhook.domain.ivr.node import Exit, FlowFault, Next, Node, Reply, Stay, ToNumber, Turn, numbered
from offhook.domain.ivr.numbers import is_e164
from offhook.domain.ivr.problems import Known, Problem
from offhook.domain.ivr.prompts import Prompt, Prompts, fill


@dataclass(frozen=True, slots=True)
class TransferNode(Node):
    """number: E.164, or a variable such as {branch_number}; the number that was called is shown to the one called."""

    type: ClassVar[str] = "transfer"
    waits: ClassVar[bool] = True
    number: str = ""
    answered: str = ""
    busy: str = ""
    no_answer: str = ""
    failed: str = ""
    before: Prompts = ()
    timeout_s: int = 30

    def enter(self, turn: Turn) -> Reply:
        """Dial, if it is a number."""
        number = fill(self.number, turn.language, turn.variables)
        if not is_e164(number):
            raise FlowFault("bad_number")
        dial = DialNumber(number, turn.path, turn.world.called_number, self.timeout_s)
        return Stay((*turn.speak(self.before), dial), handover=ToNumber(number))

    def resume(self, turn: Turn, given: Input) -> Reply:
        """The other side has answered and gone, or never answered."""
        result = given.exit if isinstance(given, Returned) else FAILED
        targets = {ANSWERED: self.answered, BUSY: self.busy, NO_ANSWER: self.no_answer}
        return Next(targets.get(result, self.failed), attributes={"transfer_result": result})

    def ways_out(self) -> Iterator[Exit]:
        """answered, busy, no_answer, failed."""
        yield Exit("answered", self.answered)
        yield Exit("busy", self.busy)
        yield Exit("no_answer", self.no_answer)
        yield Exit("failed", self.failed)

    def prompts(self) -> Iterator[tuple[str, Prompt]]:
        """What is said before dialling."""
        yield from numbered("before", self.before)

    def problems(self, known: Known) -> Iterator[Problem]:
        """A fixed number must be one."""
        if "{" not in self.number and not is_e164(self.number):
            yield Problem("bad_number", "number", "An international number: + and 8 to 15 digits.")
        if not 5 <= self.timeout_s <= 600:
            yield Problem("out_of_range", "timeout_s", "Between 5 and 600 seconds.")
