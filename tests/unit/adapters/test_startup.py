"""Dataclasses made the cheaper way behave as those of the standard library."""

import subprocess
import sys

CHECK = """
import {first}
from dataclasses import dataclass, field, FrozenInstanceError

@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: list = field(default_factory=list, compare=False, repr=True)

@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Point):
    name: str = "a"

@dataclass(frozen=True)
class Empty: ...

@dataclass(order=True)
class Ranked:
    rank: int
    what: str = field(compare=False, default="")

p = Point(1, [2])
print(p, Named(x=1), Empty(), Ranked(1))
print(p == Point(1, [3]), p != Point(2), p == Named(x=1), hash(p) == hash(Point(1)), Empty() == Empty())
print(hash(p) == hash((1,)), hash(Empty()) == hash(()), Ranked(1, "b") == Ranked(1, "c"), Ranked(1) < Ranked(2))
print(Named(x=1, name="b") == Named(x=1), len({{Named(x=1), Named(x=1)}}), Point.__hash__ is not None, Ranked.__hash__)
for change in (lambda: setattr(p, "x", 2), lambda: delattr(p, "x"), lambda: setattr(Named(x=1), "name", 2)):
    try:
        change()
    except FrozenInstanceError as error:
        print(error)
try:
    Point()
except TypeError as error:
    print(error)
"""


def told(first: str) -> str:
    ran = subprocess.run([sys.executable, "-c", CHECK.format(first=first)], capture_output=True, text=True, timeout=30)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_they_compare_print_hash_and_refuse_alike():
    assert told("offhook.startup") == told("dataclasses")
