"""The state diagrams are the tables of the code. Changes that leave the state as it is are not drawn."""

from collections.abc import Mapping
from enum import StrEnum

from offhook.domain.routing.agent_transitions import AGENT_MOVES
from offhook.domain.routing.transitions import CONTACT_MOVES

from tests.unit.docs import pages
from tests.unit.docs.pages import ROOT

PAGE = ROOT / "docs" / "architecture.md"
CONTACT, AGENT = 0, 1


def moves(table: Mapping[StrEnum, frozenset[StrEnum]]) -> set[tuple[str, str]]:
    return {(str(a), str(b)) for a, targets in table.items() for b in targets if a is not b}


def test_the_diagram_of_contacts_shows_exactly_the_legal_moves():
    assert pages.diagram(PAGE, CONTACT) == moves(CONTACT_MOVES)


def test_the_diagram_of_agents_shows_exactly_the_legal_moves():
    assert pages.diagram(PAGE, AGENT) == moves(AGENT_MOVES)
