"""Everything that goes wrong at once: callbacks, REST answers, messages, and workers that die between two calls."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from offhook.adapters.memory.outgoing import Unreliability
from offhook.domain.storage import Write

from local.carrier.faults import Fault
from tests.world.world import WorkerKilled, World

UNRELIABLE = Unreliability(lost=0.1, doubled=0.1, late=0.15, late_s=30.0)
CALLBACKS = (
    Fault("duplicate", probability=0.08),
    Fault("delay", kind="status", probability=0.1, delay_s=20.0),
    Fault("drop", kind="status", probability=0.05),
    Fault("drop", kind="conference", probability=0.05),
    Fault("delay", kind="conference", probability=0.1, delay_s=10.0),
    Fault("drop", kind="recording", probability=0.05),
    Fault("reorder", kind="status", probability=0.1),
    Fault("reorder", kind="conference", probability=0.1),
    Fault("answer_lost", kind="status", probability=0.02),
)
REST = (
    Fault("429", kind="rest", probability=0.04),
    Fault("500", kind="rest", probability=0.02),
    Fault("503", kind="rest", probability=0.02),
    Fault("500_after", kind="rest", probability=0.02),
    Fault("timeout_after", kind="rest", probability=0.02),
)


@dataclass
class Killer:
    """Ends a worker before or after a commit, that is, between any two calls it makes."""

    chance: random.Random
    rate: float

    def __call__(self, writes: Sequence[Write]) -> None:
        """Perhaps die here."""
        if self.chance.random() < self.rate:
            raise WorkerKilled


def unleash(world: World, *, kill_rate: float = 0.01) -> None:
    """Let everything go wrong from now on."""
    world.carrier.faults.rules += [*CALLBACKS, *REST]
    world.aws.queue.unreliability = UNRELIABLE
    killer = Killer(random.Random(world.seed), kill_rate)
    world.aws.store.before_commit = killer
    world.aws.store.after_commit = killer
    world.aws.store.index_lag = 5
    world.aws.store.read_lag = 5


def calm(world: World) -> None:
    """Nothing goes wrong any more."""
    world.carrier.faults.rules.clear()
    world.aws.queue.unreliability = Unreliability()
    world.aws.store.before_commit = world.aws.store.after_commit = None
    world.aws.store.index_lag = 0
    world.aws.store.read_lag = 0
