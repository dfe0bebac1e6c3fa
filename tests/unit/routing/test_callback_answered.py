"""A customer who is called back answers; what the carrier says of it may come again at any time."""

from dataclasses import replace

from offhook.domain.documents import HangUp
from offhook.domain.ids import CallSid
from offhook.domain.routing import callback_moves as moves
from offhook.domain.routing.callbacks import CallbackPolicy
from offhook.domain.routing.contact import ContactState
from offhook.usecases.callbacks import answering, asking
from offhook.usecases.routing import leaving, waiting

from tests.unit.routing.builders import BILLING, BROWSER, Floor

POLICY = CallbackPolicy(from_hour=0, until_hour=24, detect=False)


def test_a_copy_of_the_answer_that_comes_after_the_customer_left_the_line_finds_nothing_to_do() -> None:
    floor = Floor()
    floor.deps = replace(floor.deps, tenant=replace(floor.deps.tenant, plan="growth"))
    floor.queue(callbacks=POLICY)
    back = asking.ask(floor.deps, asking.Wish("+14155550177", BILLING, "u_1", "once")).id
    floor.agent("ada", BROWSER)
    floor.answer(back)
    floor.deliver()
    callback = moves.callback_of(floor.contact(back))
    leg = answering.Leg(callback.leg or CallSid(""), callback.attempts, "in-progress")
    floor.carrier.customer(leg.sid)
    assert answering.answered(floor.deps, back, leg) != (HangUp(),)
    floor.report_room(back, "conference-start")
    work = floor.contact(back).assignment
    assert work is not None and leaving.agent_left(floor.deps, back, work.offer_id)
    floor.wait(back)
    waiting.left_queue(floor.deps, back, floor.contact(back).visits, "leave", None)
    assert floor.contact(back).state is ContactState.IN_FLOW
    assert answering.answered(floor.deps, back, leg) == (HangUp(),)
