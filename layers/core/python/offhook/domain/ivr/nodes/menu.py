"""Menu: ask for a key and go where it leads; ask again a limited number of times."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import permutations
from typing import ClassVar

from offhook.domain.documents import Gather, Pause, Play, Say
from offhook.domain.events import KeyPressed
from offhook.domain.ivr.inputs import Input, Keys, Spoken
from offhook.domain.ivr.node import Exit, Next, Node, Reply, Stay, Turn, numbered
from offhook.domain.ivr.problems import Known, Problem
from offhook.domain.ivr.prompts import Prompt, Prompts
from offhook.domain.ivr.speech import MAX_PHRASE, choice_of, conflicts, hints, phrases

PERSON_KEY = "0"
MENU_KEYS = frozenset("0123456789*#")


@dataclass(frozen=True, slots=True)
class MenuNode(Node):
    """choices: keys (one or more of 0-9 * #) to nodes. 0 leads to the flow's `person` unless `choices` has its own 0.

    invalid_prompts replace the product's words after a wrong key; max_tries counts the times the menu is spoken;
    invalid, timeout: where the call goes when the last try was wrong or silent.
    speech: what may be said instead, choice to language to phrases; words that the recogniser is less sure of than
    min_confidence are asked for again. Keys always work.
    """

    type: ClassVar[str] = "menu"
    waits: ClassVar[bool] = True
    prompt: Prompts = ()
    choices: dict[str, str] = field(default_factory=dict)
    invalid: str = ""
    timeout: str = ""
    invalid_prompts: Prompts = ()
    timeout_prompts: Prompts = ()
    timeout_s: int = 5
    max_tries: int = 3
    speech: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    min_confidence: float = 0.5

    def enter(self, turn: Turn) -> Reply:
        """Ask."""
        return self._ask(turn, turn.position.tries, ())

    def resume(self, turn: Turn, given: Input) -> Reply:
        """Follow the key or the words, or ask again, or give up."""
        answer = self._understood(turn, given)
        target = self.choices.get(answer.keys) or (turn.person if answer.keys == PERSON_KEY else "")
        if target and answer.outcome == "matched":
            return Next(target, attributes={turn.node_id: answer.keys}, events=(answer,))
        if turn.position.tries + 1 >= self.max_tries:
            return Next(self.timeout if answer.outcome == "timeout" else self.invalid, events=(answer,))
        stay = self._ask(turn, turn.position.tries + 1, self._again(turn, answer.outcome))
        return Stay(stay.verbs, stay.tries, (answer,))

    def ways_out(self) -> Iterator[Exit]:
        """The choices and the two limits."""
        yield from (Exit(f"choices.{key}", target) for key, target in self.choices.items())
        yield Exit("invalid", self.invalid)
        yield Exit("timeout", self.timeout)

    def prompts(self) -> Iterator[tuple[str, Prompt]]:
        """The question and what follows a wrong or missing key."""
        yield from numbered("prompt", self.prompt)
        yield from numbered("invalid_prompts", self.invalid_prompts)
        yield from numbered("timeout_prompts", self.timeout_prompts)

    def problems(self, known: Known) -> Iterator[Problem]:
        """Keys that cannot be told apart, limits that make no sense."""
        if not self.choices:
            yield Problem("missing_exit", "choices", "A menu needs at least one choice.")
        if not self.prompt:
            yield Problem("empty_prompt", "prompt", "A menu needs words or audio.")
        if not 1 <= self.max_tries <= 10:
            yield Problem("out_of_range", "max_tries", "Between 1 and 10 tries.")
        if not 1 <= self.timeout_s <= 60:
            yield Problem("out_of_range", "timeout_s", "Between 1 and 60 seconds.")
        yield from self._key_conflicts()
        yield from self._speech_problems()

    def _key_conflicts(self) -> Iterator[Problem]:
        for key in self.choices:
            if not key or len(key) > 4 or not set(key) <= MENU_KEYS:
                yield Problem("key_conflict", f"choices.{key}", "A choice is one to four of 0-9 * #.")
            elif "#" in key and self._longest > 1:
                yield Problem("key_conflict", f"choices.{key}", "# ends the input when choices have several keys.")
        for one, other in permutations(self.choices, 2):
            if one and other.startswith(one):
                yield Problem("key_conflict", f"choices.{other}", f"{one} is chosen before {other} can be completed.")

    def _speech_problems(self) -> Iterator[Problem]:
        if not 0 <= self.min_confidence <= 1:
            yield Problem("out_of_range", "min_confidence", "Between 0 and 1.")
        for key, variants in self.speech.items():
            if key not in self.choices and key != PERSON_KEY:
                yield Problem("unknown_choice", f"speech.{key}", "The menu has no such choice.")
            for language, spoken in variants.items():
                if len(spoken) > 50 or any(not one.strip() or len(one) > MAX_PHRASE for one in spoken):
                    path = f"speech.{key}.{language}"
                    yield Problem("too_large", path, f"At most 50 phrases of 1 to {MAX_PHRASE} characters.")
        for path, phrase in conflicts(self.speech):
            yield Problem("speech_conflict", f"speech.{path}", f"{phrase!r} is said for another choice too.")

    @property
    def _longest(self) -> int:
        return max(map(len, self.choices), default=1)

    def _ask(self, turn: Turn, tries: int, before: tuple[Say | Play, ...]) -> Stay:
        words: tuple[Say | Play | Pause, ...] = (*before, *turn.speak(self.prompt))
        finish = "" if self._longest == 1 else "#"
        expected = hints(self.speech, turn.language, turn.default_language)
        language = turn.language if expected else ""
        ask = Gather(turn.path, words, max(self._longest, 1), self.timeout_s, finish, language, expected)
        return Stay((ask,), tries)

    def _again(self, turn: Turn, kind: str) -> tuple[Say | Play, ...]:
        own = self.timeout_prompts if kind == "timeout" else self.invalid_prompts
        return turn.speak(own) or (turn.phrase("unheard" if self.speech and kind != "invalid" else kind),)

    def _understood(self, turn: Turn, given: Input) -> KeyPressed:
        """What came back as the choice that it means, and whether it means one."""
        if not isinstance(given, Spoken) or not given.words.strip():
            digits = given.digits if isinstance(given, Keys) else ""
            known = digits in self.choices or (digits == PERSON_KEY and bool(turn.person))
            return _pressed(turn, digits, "matched" if known else "invalid" if digits else "timeout")
        key = choice_of(given.words, phrases(self.speech, turn.language, turn.default_language))
        sure = given.confidence is None or given.confidence >= self.min_confidence
        pressed = _pressed(turn, key, ("matched" if key else "invalid") if sure else "unsure")
        return replace(pressed, spoken=given.words[:120], confidence=given.confidence)


def _pressed(turn: Turn, digits: str, outcome: str) -> KeyPressed:
    return KeyPressed(
        at=turn.world.now, contact_id=turn.world.contact_id, flow_id=turn.flow_id, node_id=turn.node_id,
        flow_version=turn.position.version,
        keys=digits[:32], outcome=outcome,
    )  # fmt: skip
