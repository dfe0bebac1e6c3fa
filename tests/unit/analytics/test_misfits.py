"""What did not fit the lake is published again, once in effect, whatever breaks off; what nobody can read stays."""

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from offhook.domain.analytics.outbound import Outbound
from offhook.domain.ids import TenantId
from offhook.usecases.analytics.replay_misfits import ErrorFiles, Replayed
from offhook.usecases.analytics.replay_misfits import replay as replay_unless

NONSENSE = '{"errorMessage": "no raw data"}'


class Killed(BaseException):
    """The process died here."""


@dataclass
class Files:
    """A bucket; dies_at: the change before which the process dies."""

    held: dict[str, str]
    dies_at: int = 0
    changes: int = 0

    def list(self, prefix: str) -> list[str]:
        return sorted(key for key in self.held if key.startswith(prefix))

    def read(self, key: str) -> str | None:
        return self.held.get(key)

    def write(self, key: str, text: str) -> None:
        self._change()
        self.held[key] = text

    def delete(self, key: str) -> None:
        self._change()
        self.held.pop(key, None)

    def _change(self) -> None:
        self.changes += 1
        if self.changes == self.dies_at:
            raise Killed


@dataclass
class Stream:
    """An event stream; refuses: how many records it takes no more."""

    put_there: list[Outbound] = field(default_factory=list)
    refuses: int = 0

    def put(self, records: Sequence[Outbound]) -> list[bool]:
        there = [n >= self.refuses for n in range(len(records))]
        self.put_there += [r for r, taken in zip(records, there, strict=True) if taken]
        self.refuses = 0
        return there

    def ids(self) -> Counter[str]:
        return Counter(json.loads(record.body)["event_id"] for record in self.put_there)


def replay(files: ErrorFiles, stream: Stream, is_erased: Callable[[TenantId], bool] = lambda _: False) -> Replayed:
    """With every tenant still there, unless told."""
    return replay_unless(files, stream, is_erased)


def line(n: int) -> str:
    event = {"event_id": f"contact:c_{n}:1:0", "tenant": "t_a", "type": "contact_ended"}
    return json.dumps({"errorMessage": "bad", "rawData": b64encode(json.dumps(event).encode()).decode()})


def some_files() -> dict[str, str]:
    return {
        "events-errors/format-conversion-failed/dt=2026-01-01/a": f"{line(1)}\n{line(2)}\n",
        "events-errors/format-conversion-failed/dt=2026-01-02/b": f"{line(3)}\n{NONSENSE}\n",
        "events/tenant=t_a/dt=2026-01-01/x.parquet": "no text",
    }


def test_every_event_is_published_once_by_its_key_and_its_file_is_gone() -> None:
    files, stream = Files(some_files()), Stream()
    assert replay(files, stream) == Replayed(events=3, files=1, left=1)
    assert [record.partition_key for record in stream.put_there] == ["t_a#c_1", "t_a#c_2", "t_a#c_3"]
    assert list(files.held.values()) == [f"{NONSENSE}\n", "no text"]


def test_a_second_replay_publishes_nothing() -> None:
    files, stream = Files(some_files()), Stream()
    replay(files, stream)
    assert replay(files, stream) == Replayed(events=0, files=0, left=1)
    assert set(stream.ids().values()) == {1}


@pytest.mark.parametrize("dies_at", [1, 2])
def test_a_process_that_dies_loses_nothing_and_what_it_published_again_has_the_same_id(dies_at: int) -> None:
    files, stream = Files(some_files(), dies_at), Stream()
    with pytest.raises(Killed):
        replay(files, stream)
    replay(files, stream)
    assert set(stream.ids()) == {"contact:c_1:1:0", "contact:c_2:1:0", "contact:c_3:1:0"}
    assert replay(files, stream).events == 0


def test_a_file_of_which_the_stream_refused_a_part_stays() -> None:
    files, stream = Files(some_files()), Stream(refuses=1)
    assert replay(files, stream) == Replayed(events=2, files=0, left=2)
    assert replay(files, stream).files == 1
    assert set(stream.ids()) == {"contact:c_1:1:0", "contact:c_2:1:0", "contact:c_3:1:0"}


def test_what_an_erased_tenant_left_is_not_published_and_goes() -> None:
    files, stream = Files(some_files()), Stream()
    done = replay(files, stream, lambda tenant: tenant == "t_a")
    assert (done, stream.put_there) == (Replayed(erased=3, files=1, left=1), [])
    assert list(files.held.values()) == [f"{NONSENSE}\n", "no text"]


@pytest.mark.parametrize(("contact", "key"), [("c_1", "t_a#c_1"), ("", "t_a#usage")])
def test_what_was_used_is_an_event_too(contact: str, key: str) -> None:
    used = {"event_id": "u_01", "tenant": "t_a", "type": "usage_recorded", "contact_id": contact, "counters": {}}
    text = json.dumps({"rawData": b64encode(json.dumps(used).encode()).decode()})
    stream = Stream()
    assert replay(Files({"events-errors/x": text}), stream) == Replayed(events=1, files=1)
    assert [record.partition_key for record in stream.put_there] == [key]
