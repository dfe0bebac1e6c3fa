"""The paths the carrier is told to call, below the public API address; one home for webhook addresses."""

from offhook.domain.ids import ContactId, OfferId

ANSWER = "/v1/ivr/calls"
CALL_STATUS = "/v1/ivr/calls/status"
CALL_FALLBACK = "/v1/ivr/calls/fallback"
SPENDING = "/v1/tenants/carrier/spending"


def flow_step(contact: ContactId, step: int) -> str:
    """Where keys and results of the flow's document number `step` go."""
    return f"/v1/ivr/contacts/{contact}/steps/{step}"


def wait(contact: ContactId, visit: int) -> str:
    """What a waiting caller hears; the first request makes the contact wait."""
    return f"/v1/ivr/contacts/{contact}/visits/{visit}/wait"


def callback_number(contact: ContactId, visit: int) -> str:
    """Where the number goes that a waiting caller enters to be called back on."""
    return f"/v1/ivr/contacts/{contact}/visits/{visit}/callback"


def voicemail(contact: ContactId, step: int) -> str:
    """Progress of the message that a caller leaves in that step of the flow."""
    return f"/v1/routing/contacts/{contact}/voicemail/{step}"


def queue_exit(contact: ContactId, visit: int) -> str:
    """Where a caller goes who leaves the carrier's queue."""
    return f"/v1/ivr/contacts/{contact}/visits/{visit}/exit"


def room_ended(contact: ContactId, visit: int) -> str:
    """Where the customer goes when the conversation is over."""
    return f"/v1/ivr/contacts/{contact}/visits/{visit}/room-ended"


def survey_question(contact: ContactId, number: int) -> str:
    """Where the answer to survey question `number` (from 0) goes."""
    return f"/v1/surveys/contacts/{contact}/questions/{number}"


def offer_answered(contact: ContactId, offer: OfferId) -> str:
    """The agent's leg was answered."""
    return f"/v1/routing/contacts/{contact}/offers/{offer}/answered"


def offer_key(contact: ContactId, offer: OfferId) -> str:
    """The key an agent on a telephone pressed."""
    return f"/v1/routing/contacts/{contact}/offers/{offer}/key"


def offer_status(contact: ContactId, offer: OfferId) -> str:
    """Progress of the agent's leg."""
    return f"/v1/routing/contacts/{contact}/offers/{offer}/status"


def room_events(contact: ContactId, offer: OfferId) -> str:
    """Who joined and left the room that this offer opened."""
    return f"/v1/routing/contacts/{contact}/offers/{offer}/room"


def keys(contact: ContactId, pressed: str) -> str:
    """What a party's line hears when an agent presses keys, spelled as in routing/keypad.py."""
    return f"/v1/routing/contacts/{contact}/keys/{pressed}"


def recording(contact: ContactId) -> str:
    """Progress of the contact's recordings."""
    return f"/v1/routing/contacts/{contact}/recording"


def callback_answered(contact: ContactId, attempt: int) -> str:
    """Somebody, or something, answered the leg of this attempt to call the customer back."""
    return f"/v1/routing/contacts/{contact}/callback/{attempt}/answered"


def callback_status(contact: ContactId, attempt: int) -> str:
    """Progress of that leg."""
    return f"/v1/routing/contacts/{contact}/callback/{attempt}/status"
