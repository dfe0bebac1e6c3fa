"""Stored JSON made small: a write costs a unit for each started kilobyte, and a contact with its events is above one.

A body that starts with a version byte was compressed with that version's dictionary; JSON never starts with one. A
dictionary is never changed, since what was stored with it must be read: a better one gets the next version.
"""

from zlib import compressobj, decompressobj

SMALLEST = 200  # below it nothing is gained
RAW = -15  # without header and checksum: DynamoDB keeps bytes as they are
LEVEL = 6
FIRST = b"\x01"
DICTIONARY_1 = (
    b'"resolved":true,"disposition":"","notes":"","survey":{"survey_id":"","question":"","answers":{"csat":"resolved",'
    b'"nps":""}},"recordings":[{"sid":"RE","status":"completed","duration_s":,"key":"recordings/"}],"state":"in_survey"'
    b',"state":"ended","outcome":"completed","ended_at":17,"settled_at":17,"closed_at":17,"attributes":{"'
    b'[{"type":"contact_started","event_version":1,"channel":"voice","customer_id":"k_","flow_id":"f_main","flow_version":'
    b'"type":"flow_node_reached","event_version":1,"at":17,"contact_id":"c_","node":"menu","node_type":"keys":"1"},'
    b'"type":"queue_entered","event_version":1,"at":17,"type":"contact_waiting","event_version":1,"priority":0,'
    b'"type":"offer_made","event_version":1,"type":"offer_ended","event_version":1,"end":"accepted","answered_in_s":'
    b'"type":"queue_visit_ended","event_version":1,"exit":"answered","waited_s":,"within_target":true,'
    b'"type":"talk_started","event_version":1,"type":"handling_ended","event_version":1,"talk_ended_at":17,"hold_s":0'
    b'"type":"survey_answered","event_version":1,"type":"recording_changed","event_version":1,"recording_sid":"RE'
    b'"type":"agent_state_changed","event_version":1,"at":17,"agent_id":"a_","from_state":"available","to_state":'
    b'"reserved","from_state":"busy","to_state":"wrap_up","reason":"","contact_id":"c_"}]'
    b'{"id":"a_","tenant":"t_","version":,"name":"","state":"available","state_since":17,"profile_id":"","endpoint":'
    b'{"kind":"phone","address":"+1"},"skills":{"english":"idle_since":17,"session_id":"s_","wrap_up_until":17'
    b'{"id":"c_","tenant":"t_","version":,"call_sid":"CA","called_number":"+1","caller_number":"+1","language":"en-US",'
    b'"started_at":17,"flow":{"flow_id":"f_main","version":1,"node":"menu","step":1},"state":"waiting","visits":1,"visit":'
    b'{"number":1,"queue":"service","entered_at":17,"enqueued_at":17,"waiting_at":17,"answered_at":17,"requirements":['
    b'{"skill":"english","level":50}],"target_s":20},"offer":{"id":"o_","agent_id":"a_","made_at":17,"expires_at":17,'
    b'"reason":"only agent ready; longest idle","endpoint":{"kind":"phone","address":"+1"},"ring_s":20.0,'
    b'"claimed_at":17'
    b'"assignment":{"agent_id":"a_","offer_id":"o_","queue":"service","accepted_at":17,"call_sid":"CA","talk_at":17'
)


def pack(text: bytes) -> bytes:
    """The JSON as it is stored."""
    if len(text) < SMALLEST:
        return text
    squeezer = compressobj(LEVEL, wbits=RAW, zdict=DICTIONARY_1)
    packed = FIRST + squeezer.compress(text) + squeezer.flush()
    return packed if len(packed) < len(text) else text


def unpack(stored: bytes) -> bytes:
    """The JSON again, also what was never packed; raises zlib.error for bytes that nothing packed."""
    return decompressobj(RAW, zdict=DICTIONARY_1).decompress(stored[1:]) if stored[:1] == FIRST else stored
