"""`offhook audit verify` believes neither the table nor the heads, only the signatures."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from offhook.adapters.memory.heads import MemoryNotary
from offhook.domain.audit.chain import Act, Entry, Head, head_of, linked
from offhook.domain.audit.heads import SignedHead
from offhook.domain.ids import TenantId

from tests.unit.cli.conftest import Address, Run

NOTARY = MemoryNotary()


def trail(length: int) -> list[Entry]:
    made, head = [], Head()
    for n in range(length):
        made.append(linked(head, Act(n, "u_1", "owner", "PUT /x", {"n": n})))
        head = head_of(made[-1])
    return made


def offer(address: Address, entries: list[Entry], heads: list[SignedHead]) -> None:
    address.answers |= {
        ("GET", "/v1/tenants/audit"): {"data": plain(entries[::-1]), "next_cursor": None},
        ("GET", "/v1/tenants/audit/heads"): {
            "data": plain(heads),
            "next_cursor": None,
            "public_key": NOTARY.public_key(),
        },
    }


def plain(things: list[Any]) -> Any:
    return msgspec.to_builtins([asdict(one) for one in things])


def head_at(entries: list[Entry], number: int) -> SignedHead:
    one = SignedHead(TenantId("t_a"), number, entries[number - 1].hash, 1)
    return one.signed(NOTARY.sign(one.statement))


def test_a_whole_trail_is_said_to_be_whole_as_far_as_it_is_signed(address: Address, run: Run) -> None:
    entries = trail(6)
    offer(address, entries, [head_at(entries, 2), head_at(entries, 5)])
    assert run("audit", "verify").output == "6 entries, the first 5 signed and locked: whole\n"


@pytest.mark.parametrize("what", ["rewritten", "cut", "forged"])
def test_what_contradicts_a_head_is_named(address: Address, run: Run, what: str) -> None:
    entries, heads = trail(6), [head_at(trail(6), 5)]
    if what == "rewritten":
        entries = [linked(Head(), replace(entries[0].act, actor="x")), *entries[1:]]
    elif what == "cut":
        entries = entries[:4]
    else:
        heads = [replace(heads[0], at=2)]
    offer(address, entries, heads)
    refused = run("audit", "verify")
    assert refused.exit_code == 1 and "is not what was written" in refused.output


def test_another_key_than_the_one_that_was_kept_is_no_proof(address: Address, run: Run, tmp_path: Path) -> None:
    entries = trail(3)
    offer(address, entries, [head_at(entries, 3)])
    kept = tmp_path / "key.pem"
    assert run("audit", "verify", "--save-key", str(kept)).exit_code == 0
    assert run("audit", "verify", "--key", str(kept)).exit_code == 0
    kept.write_text(MemoryNotary().public_key())
    assert run("audit", "verify", "--key", str(kept)).exit_code == 1
