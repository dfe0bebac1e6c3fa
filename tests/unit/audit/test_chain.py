"""Nobody can change, drop, add or reorder an entry of the audit unseen."""

import random
from dataclasses import replace

import pytest
from offhook.domain.audit.chain import Act, Entry, Head, breaks, digest, head_of, linked
from offhook.domain.audit.redact import HIDDEN, redacted


def chain(length: int) -> list[Entry]:
    entries: list[Entry] = []
    head = Head()
    for n in range(length):
        entries.append(linked(head, Act(n, f"u{n % 3}", "admin", f"PUT /v1/x/{n}", {"body": {"n": n}})))
        head = head_of(entries[-1])
    return entries


WHOLE = chain(60)
END = head_of(WHOLE[-1])


def resealed(entries: list[Entry], start: int) -> list[Entry]:
    """The chain linked anew from a place on, as somebody would who can write the table."""
    made = entries[:start]
    head = head_of(made[-1]) if made else Head()
    for entry in entries[start:]:
        made.append(linked(head, entry.act))
        head = head_of(made[-1])
    return made


def test_a_chain_as_it_was_written_is_whole():
    assert list(breaks(WHOLE, END, [head_of(WHOLE[9]), head_of(WHOLE[39])])) == []


def test_a_tenant_without_entries_is_whole():
    assert list(breaks([], Head())) == []


def changed(entries, at, chance):
    act = entries[at].act
    other = chance.choice(
        [replace(act, at=act.at + 1), replace(act, actor="x"), replace(act, action="x"), replace(act, about={}),
         replace(act, role="owner"), replace(act, address="1.2.3.4"), replace(act, request_id="r")]
    )  # fmt: skip
    entry = replace(entries[at], act=other)
    made = [*entries[:at], chance.choice([entry, replace(entry, hash=digest(entry))]), *entries[at + 1 :]]
    return made if made != entries else None


def dropped(entries, at, chance):
    return [*entries[:at], *entries[at + 1 :]]


def doubled(entries, at, chance):
    return [*entries[: at + 1], *entries[at:]]


def swapped(entries, at, chance):
    other = (at + 1 + chance.randrange(len(entries) - 1)) % len(entries)
    made = list(entries)
    made[at], made[other] = made[other], made[at]
    return made


def cut(entries, at, chance):
    return entries[:at]


@pytest.mark.parametrize("tamper", [changed, dropped, doubled, swapped, cut])
def test_no_tampering_goes_unseen(tamper):
    for seed in range(400):
        chance = random.Random(seed)
        made = tamper(WHOLE, chance.randrange(len(WHOLE)), chance)
        assert made is None or list(breaks(made, END)), f"{tamper.__name__} {seed}"


def test_a_trail_written_anew_with_its_head_is_found_by_an_end_noted_elsewhere():
    for at in range(10, 60):
        forged = resealed(
            [*WHOLE[:at], replace(WHOLE[at], act=replace(WHOLE[at].act, actor="x")), *WHOLE[at + 1 :]], at
        )
        assert list(breaks(forged, head_of(forged[-1]))) == []
        assert list(breaks(forged, head_of(forged[-1]), [END]))


def test_a_trail_cut_back_with_its_head_is_found_by_an_end_noted_elsewhere():
    assert list(breaks(WHOLE[:30], head_of(WHOLE[29]), [END]))


def test_secrets_are_hidden_at_any_depth_and_long_texts_cut():
    kept = redacted({"a": {"Password": "p", "deep": [{"api_secret": "s", "name": "n" * 600}]}})
    assert kept == {"a": {"Password": HIDDEN, "deep": [{"api_secret": HIDDEN, "name": "n" * 500 + "..."}]}}
