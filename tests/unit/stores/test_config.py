"""What is configured is refused by a name that people read."""

import pytest
from offhook.domain.ivr.audio_prompt import AudioPrompt
from offhook.domain.routing.queues import Queue
from offhook.stores.config import words_of


@pytest.mark.parametrize(("cls", "words"), [(Queue, "queue"), (AudioPrompt, "audio prompt")])
def test_a_kind_is_named_in_words(cls: type, words: str) -> None:
    assert words_of(cls) == words
