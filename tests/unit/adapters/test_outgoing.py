"""The work queue in memory delivers by the simulation's clock, and as badly as it is told to."""

from random import Random

import pytest
from offhook.adapters.memory.outgoing import MemoryOutgoing, Unreliability
from offhook.domain.ids import TenantId
from offhook.domain.messages import Message, Topic

from local.carrier.scheduler import VirtualScheduler


def message(n: int = 1) -> Message:
    return Message(TenantId("t_a"), Topic.RING, f"c_{n}")


class Floor:
    def __init__(self, unreliability=None, handler=None) -> None:
        self.scheduler = VirtualScheduler(start=0)
        self.heard: list[tuple[float, Message]] = []
        self.queue = MemoryOutgoing(
            self.scheduler, handler or self.hear, unreliability or Unreliability(), chance=Random(7)
        )

    def hear(self, heard: Message) -> None:
        self.heard.append((self.scheduler.now(), heard))


def test_a_message_arrives_after_its_delay_in_whole_seconds():
    floor = Floor()
    floor.queue.send(message(1), 2.2)
    floor.queue.send(message(2))
    floor.scheduler.run_until_idle()
    assert floor.heard == [(0, message(2)), (3, message(1))]


def test_nothing_is_handled_inside_the_sending():
    floor = Floor()
    floor.queue.send(message())
    assert floor.heard == []


@pytest.mark.parametrize("delay_s", [-1, 901])
def test_a_delay_that_the_queue_cannot_keep_is_refused(delay_s):
    with pytest.raises(ValueError):
        Floor().queue.send(message(), delay_s)


def test_messages_are_lost_doubled_and_late_as_told_and_the_same_every_time():
    def heard():
        floor = Floor(Unreliability(lost=0.2, doubled=0.2, late=0.5, late_s=60))
        for n in range(500):
            floor.queue.send(message(n))
        floor.scheduler.run_until_idle()
        return floor.heard

    once = heard()
    times = [sum(m == message(n) for _, m in once) for n in range(500)]
    assert {0, 1, 2} == set(times)
    assert times.count(0) == pytest.approx(100, abs=30)
    assert [m for _, m in once] != sorted((m for _, m in once), key=lambda m: int(m.entity[2:]))
    assert once == heard()


def test_a_message_whose_handler_fails_comes_again_and_is_given_up_in_the_end():
    calls = []

    def fail(given: Message) -> None:
        calls.append(given)
        raise RuntimeError("killed")

    floor = Floor(handler=fail)
    floor.queue.send(message())
    floor.scheduler.run_until_idle()
    assert len(calls) == 3
    assert [(dead, str(error)) for dead, error in floor.queue.dead] == [(message(), "killed")]
