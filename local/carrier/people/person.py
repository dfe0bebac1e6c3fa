"""A person at the end of one leg, acting out a script."""

from typing import TYPE_CHECKING

from local.carrier.model.call import Call, CallStatus
from local.carrier.people.script import RINGING_ACTS, Act, Script, Step
from local.carrier.process import CONFIDENCE, Pressed, Spoke
from local.carrier.scheduler import Action, Timer
from local.carrier.signals import PickedUp, Refused

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

DEFAULT_ANSWER_S = 2.0
VOICEMAIL_ANSWER_S = 15.0
VOICEMAIL_LENGTH_S = 60.0


class Person:
    """Rings, answers, listens, presses, speaks, leaves. All methods run under the engine's lock."""

    greeting_s = 8.0

    def __init__(self, carrier: "Carrier", call: Call, script: Script | None) -> None:
        self._carrier = carrier
        self._call = call
        self._ringing = next((step for step in script or () if step.act in RINGING_ACTS), None)
        self._steps = [step for step in script or () if step.act not in RINGING_ACTS]
        self._scripted = script is not None
        self._timers: list[Timer] = []
        self._answered_at = 0.0
        self._questions = 0
        self._open_question = False
        self._armed = False

    @property
    def is_machine(self) -> bool:
        return self._ringing is not None and self._ringing.act is Act.VOICEMAIL

    def reachable(self) -> bool:
        """A browser that is not registered cannot be rung; every telephone can."""
        to = self._call.to
        if not to.startswith("client:") or to.removeprefix("client:") in self._carrier.clients:
            return True
        return bool(self._carrier.devices.there(self._call))

    def rings(self) -> None:
        """Decide what to do about the ringing; unscripted people let it ring until somebody drives them.

        Who has a browser open is somebody, whatever the script says.
        """
        self._carrier.note(self._call, "ringing", "rings")
        if self._carrier.devices.ring(self._call):
            self._ringing, self._steps = None, []
            return
        step = self._ringing or (Step(Act.ANSWER) if self._steps else None)
        if step is None or step.act is Act.NO_ANSWER:
            return
        if step.act is Act.ANSWER:
            self._later(DEFAULT_ANSWER_S if step.after_s is None else step.after_s, self.pick_up)
        elif step.act is Act.VOICEMAIL:
            self._later(VOICEMAIL_ANSWER_S if step.after_s is None else step.after_s, self.pick_up)
        else:
            status = CallStatus.BUSY if step.act is Act.BUSY else CallStatus.FAILED
            self._later(step.after_s or 1.0, lambda: self.refuse(status))

    def pick_up(self) -> None:
        self._tell(PickedUp())

    def refuse(self, status: CallStatus) -> None:
        self._carrier.note(self._call, "refused", "declined" if status is CallStatus.BUSY else "cannot be reached")
        self._tell(Refused(status.value))

    def answered(self) -> None:
        """The conversation begins: for a callee with the answer, for a caller with the first sound."""
        self._answered_at = self._carrier.clock.now()
        self._carrier.note(self._call, "answered", "voicemail answered" if self.is_machine else "answered")
        if self.is_machine:
            self._later(VOICEMAIL_LENGTH_S, self.hang_up)
        self._carrier.devices.answered(self._call)
        self._arm()

    def questioned(self) -> None:
        """A Gather or a Record began to listen."""
        self._questions += 1
        self._open_question = True
        step = self._next()
        if step and (step.waits_for_question or (step.after_prompt or 0) == self._questions):
            self._react(step)

    def heard(self, words: str) -> None:
        step = self._next()
        if step and step.when_heard and step.when_heard.lower() in words.lower():
            self._react(step)

    def connected(self) -> None:
        """Another person can be heard now."""
        step = self._next()
        if step and step.after_connected_s is not None:
            self._react(step, step.after_connected_s)

    def press(self, digits: str) -> None:
        for digit in digits:
            self._tell(Pressed(digit))
        self._carrier.note(self._call, "pressed", f"pressed {digits}")

    def say(self, words: str, confidence: float = CONFIDENCE) -> None:
        self._tell(Spoke(words, confidence))
        self._carrier.note(self._call, "said", f"said: {words}")

    def hang_up(self) -> None:
        self._carrier.note(self._call, "hung up", "hung up")
        self._carrier.calls.hang_up(self._call)

    def leave(self) -> None:
        """The leg is over: nothing planned happens any more."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        self._steps.clear()
        self._carrier.devices.over(self._call)

    def _tell(self, signal: Pressed | Spoke | PickedUp | Refused) -> None:
        if self._call.process is not None:
            self._call.process.tell(signal)

    def _next(self) -> Step | None:
        return self._steps[0] if self._steps and not self._armed else None

    def _arm(self) -> None:
        """Plan the next step if its time is known already."""
        step = self._next()
        if step is None:
            return
        if step.at_s is not None:
            self._react(step, max(0.0, self._answered_at + step.at_s - self._carrier.clock.now()))
        elif step.after_s is not None:
            self._react(step, step.after_s)
        elif step.after_prompt is not None:
            if self._questions >= step.after_prompt:
                self._react(step)
        elif step.waits_for_question:
            if self._open_question:
                self._react(step)
        elif step.after_connected_s is not None:
            if self._carrier.is_connected(self._call):
                self._react(step, step.after_connected_s)
        elif not step.when_heard:
            self._react(step)

    def _react(self, step: Step, delay_s: float | None = None) -> None:
        self._armed = True
        self._later(self._carrier.settings.reaction_s if delay_s is None else delay_s, lambda: self._do(step))

    def _do(self, step: Step) -> None:
        self._armed = False
        self._steps.remove(step)
        if step.act is Act.PRESS:
            self._open_question = False
            self.press(step.value)
        elif step.act is Act.SAY:
            self._open_question = False
            self.say(step.value, step.confidence)
        elif step.act is Act.HANG_UP:
            self.hang_up()
            return
        self._arm()

    def _later(self, delay_s: float, action: Action) -> None:
        self._timers.append(self._carrier.clock.after(delay_s, lambda: self._carrier.enter(action)))
