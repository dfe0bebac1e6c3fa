"""The story of tests/e2e/test_three_shells.py, in virtual time: Ada sells, Chen serves, Sam supervises."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

from offhook.domain.ids import AgentId, CallSid, ContactId, contact_id_for
from offhook.domain.recordings.recording import LIVE, PAUSED
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.contact import Contact
from offhook.domain.routing.party import Monitoring, PartyRole
from offhook.domain.tenants.scope import EVERYTHING
from offhook.usecases.callbacks import desk as callbacks
from offhook.usecases.recordings import controlling
from offhook.usecases.routing import control, helping, presence, supervise, wrap_up
from offhook.usecases.routing.targets import TargetKind
from offhook.usecases.voicemails import desk as voicemails

from tests.unit.world.test_callbacks import policy
from tests.world import checks, story
from tests.world.scene import NUMBER, Scene
from tests.world.world import world

ADA, CHEN, SAM = AgentId("a_1"), AgentId("a_3"), AgentId("a_5")


@dataclass
class Office(Scene):
    """The scene with three people at work."""

    def calls(self, caller: str, script: str) -> ContactId:
        """Somebody calls; the contact."""
        sid = self.world.carrier.place_call(caller, NUMBER, script)
        return contact_id_for(self.tenant, CallSid(sid))

    def talking(self, who: AgentId) -> ContactId:
        """The contact that this person talks with, once they do."""
        self.until(lambda: self._talks(who) is not None, 120)
        self.contact_id = self._talks(who) or ContactId("")
        return self.contact_id

    def _talks(self, who: AgentId) -> ContactId | None:
        agent = self.agent(who)
        contact = next((c for c in checks.contacts(self.world, self.tenant) if c.id == agent.contact_id), None)
        leader = contact.leader if contact else None
        there = leader is not None and leader.agent_id == who and leader.talk_at is not None
        return contact.id if contact and there and not contact.unsettled else None

    def is_away(self, who: AgentId, reason: str) -> None:
        self.act(lambda deps: presence.choose_state(deps, who, AgentState.AWAY, reason))

    def is_back(self, who: AgentId) -> None:
        self.act(lambda deps: presence.choose_state(deps, who, AgentState.AVAILABLE))

    def wraps_up(self, who: AgentId) -> None:
        self.until(lambda: self.agent(who).state is AgentState.WRAP_UP)
        self.act(lambda deps: wrap_up.finish(deps, who))

    def records(self, who: AgentId, wanted: str) -> None:
        self.act(lambda deps: controlling.control(deps, who, self.contact_id, wanted))

    def watches(self, who: AgentId, mode: Monitoring) -> None:
        """Beside the agent, in that mode, once they are."""
        self.act(lambda deps: supervise.monitor(deps, who, EVERYTHING, self.contact_id, mode))
        self.until(lambda: self.party.is_joined and self.party.mode is mode)

    def closed(self, contact: ContactId) -> Contact:
        """Once everything about it is over."""
        self.contact_id = contact
        self.until(lambda: self.contact.is_settled, 300)
        return self.contact


@contextmanager
def office() -> Iterator[Office]:
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER, agents=6, wrap_up_s=600.0)
        policy(made, tenant, detect=True)
        scene = Office(made, tenant)
        for who in (ADA, CHEN, SAM):
            scene.sign_in(who, script=story.ACCEPTS)
        scene.is_away(SAM, "meeting")
        yield scene
        scene.sign_out()
        made.run(600)
        checks.nothing_left(made, tenant)
        checks.report_identity(made, tenant)
        checks.replay_equals_tables(made, tenant)
        checks.no_poison(made)


def enqueued(scene: Office, contact: ContactId) -> int:
    told = checks.events(scene.world, scene.tenant)
    return next(int(e["enqueued_at"]) for e in told if e.get("contact_id") == contact and e.get("enqueued_at"))


def recorded(scene: Office, state: str) -> Callable[[], bool]:
    return lambda: controlling.mark_of(scene.contact).state == state


def test_a_call_is_consulted_transferred_watched_paused_and_surveyed() -> None:
    with office() as scene:
        contact = scene.calls(story.CUSTOMER, story.SURVEYED)
        assert scene.talking(ADA) == contact
        scene.until(recorded(scene, "recording"))
        for wanted, state in ((PAUSED, "paused"), (LIVE, "recording")):
            scene.records(ADA, wanted)
            scene.until(recorded(scene, state))
        scene.invite(ADA, TargetKind.AGENT, CHEN, PartyRole.CONSULT)
        scene.until(lambda: scene.party.is_joined)
        scene.act(lambda deps: control.hand_over(deps, ADA, contact, scene.party.id))
        assert scene.talking(CHEN) == contact
        scene.wraps_up(ADA)
        scene.act(lambda deps: helping.ask(deps, CHEN, contact, "a refund"))
        for mode in Monitoring:
            scene.watches(SAM, mode)
        scene.act(lambda deps: supervise.stop(deps, SAM, contact))
        scene.transfer(CHEN, TargetKind.AGENT, ADA)
        assert scene.talking(ADA) == contact
        scene.wraps_up(CHEN)
        scene.hangs_up(ADA)
        scene.wraps_up(ADA)
        over = scene.closed(contact)
        assert over.survey is not None and over.survey.answers == {"csat": 1, "resolved": 1, "nps": 9}
        assert over.outcome == "completed" and [w.agent_id for w in over.assignments] == [ADA, CHEN, ADA]


def test_a_callback_keeps_its_place_before_whoever_came_later() -> None:
    with office() as scene:
        for who in (ADA, CHEN):
            scene.is_away(who, "break")
        scene.will(story.HASTY, story.PICKS_UP)
        asked = scene.calls(story.HASTY, story.CALLS_BACK)
        scene.until(lambda: len(listed(scene)) == 1)
        (callback,) = listed(scene)
        waits = scene.calls(story.PATIENT, story.WAITS)
        scene.run(40)
        scene.is_back(CHEN)
        order = []
        for _ in range(2):
            order.append(scene.talking(CHEN))
            scene.hangs_up(CHEN)
            scene.wraps_up(CHEN)
        assert order == [callback, waits]
        ended, again, later = (scene.closed(one) for one in (asked, callback, waits))
        assert [one.outcome for one in (ended, again, later)] == ["callback", "completed", "completed"]
        assert enqueued(scene, again.id) == enqueued(scene, ended.id) < enqueued(scene, later.id)
        assert later.survey is not None and later.survey.answers == {"csat": 1, "resolved": 1, "nps": 8}


def listed(scene: Office) -> list[ContactId]:
    with scene.world.within(scene.tenant) as deps:
        return [ContactId(one.id) for one in callbacks.callbacks(deps, EVERYTHING)[0] if one.number == story.HASTY]


def test_a_voicemail_is_claimed_heard_and_answered() -> None:
    with office() as scene:
        scene.is_away(ADA, "break")
        scene.will(story.WRITER, story.PICKS_UP)
        contact = scene.calls(story.WRITER, story.LEAVES_A_MESSAGE)
        scene.until(lambda: len(messages(scene)) == 1)
        (message,) = messages(scene)
        with scene.world.within(scene.tenant) as deps:
            voicemails.claim(deps, CHEN, message, EVERYTHING)
            assert voicemails.link(deps, message, EVERYTHING).url
            callback = voicemails.call_back(deps, CHEN, message, "u_chen", EVERYTHING).callback_id
        assert scene.talking(CHEN) == callback
        scene.hangs_up(CHEN)
        scene.wraps_up(CHEN)
        with scene.world.within(scene.tenant) as deps:
            voicemails.close(deps, CHEN, message, voicemails.VoicemailOutcome.ANSWERED, EVERYTHING)
        assert scene.closed(ContactId(callback)).outcome == "completed"
        assert scene.closed(contact).outcome == "voicemail"
        told = [e for e in checks.events(scene.world, scene.tenant) if e.get("contact_id") == contact]
        kinds = [e["type"] for e in told if str(e["type"]).startswith("voicemail")]
        assert kinds[0] == "voicemail_left" and told[-1]["outcome"] == "answered"


def messages(scene: Office) -> list[str]:
    with scene.world.within(scene.tenant) as deps:
        return [one.id for one in voicemails.listed(deps, EVERYTHING)[0]]


def test_what_each_of_them_does_can_be_typed_at_a_shell() -> None:
    from shlex import quote, split

    scripts = (story.SURVEYED, story.CALLS_BACK, story.WAITS, story.LEAVES_A_MESSAGE)
    assert all(split(f"call --script {quote(script)} --no-wait")[2] == script for script in scripts)
    assert all(one != other for one, other in pairwise(scripts))
