"""Stored bytes are small, come back as they were, and are read whenever they were written."""

import json
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st
from offhook.stores.packing import DICTIONARY_1, FIRST, SMALLEST, pack, unpack

JSON = st.recursive(
    st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@given(JSON)
def test_what_is_packed_comes_back(value: object) -> None:
    text = json.dumps(value).encode()
    assert unpack(pack(text)) == text


def test_what_was_stored_before_packing_is_read() -> None:
    assert unpack(b'{"id":"c_1"}') == b'{"id":"c_1"}'
    assert unpack(b"") == b""


def test_small_things_stay_readable_and_large_ones_shrink() -> None:
    small, large = (
        b"[" + b"1" * (SMALLEST - 3) + b"]",
        json.dumps([{"type": "offer_made", "event_version": 1}] * 9).encode(),
    )
    assert pack(small) == small
    assert pack(large).startswith(FIRST) and len(pack(large)) < len(large) / 3


def test_the_dictionary_is_never_changed_because_stored_items_need_it() -> None:
    assert sha256(DICTIONARY_1).hexdigest() == "f70152036c52d0093fab68119dec899a0b6bb65db332149d831c73a6fcde810d"
