"""Secrets under the real key service, messages on the real queue, recordings in a real bucket, all under the guard."""

import io
from contextlib import contextmanager
from hashlib import sha256

import pytest
import requests
from offhook.adapters.dynamo.items import DynamoItems
from offhook.adapters.guard import platform_scope, tenant_scope
from offhook.adapters.media import S3Vault, Sound, TenantMedia
from offhook.adapters.secrets import KmsCipher, SecretCache, Secrets
from offhook.adapters.sqs import SqsOutgoing, message_of
from offhook.adapters.system import SystemClock
from offhook.domain.errors import NotFound, StoreUnavailable, TenantViolation
from offhook.domain.ids import TenantId
from offhook.domain.messages import Message, Topic
from offhook.domain.storage import Item, Key, Put, Table
from offhook.wiring.clients import Clients

from local.carrier.recorder import tones

A, B = TenantId("t_a"), TenantId("t_b")


@pytest.fixture(scope="module")
def clients(emulator) -> Clients:
    return Clients("us-east-1", emulator.url)


@pytest.fixture(scope="module")
def secrets(clients, aws, database):
    key = aws("kms").create_key()["KeyMetadata"]["Arn"]
    cipher = KmsCipher(lambda: clients.get("kms"), key)

    def of(tenant: TenantId) -> Secrets:
        return Secrets(DynamoItems(database, tenant), tenant, cipher, SecretCache(SystemClock()))

    return of


def test_a_secret_is_sealed_by_the_key_service_and_comes_back(secrets, database):
    with tenant_scope(A):
        secrets(A).put_carrier_token("0123456789abcdef")
        assert secrets(A).carrier_tokens() == ("0123456789abcdef",)
        stored = DynamoItems(database, A).get(Key(Table.CONFIG, f"T#{A}#SECRET", "carrier_tokens"))
    assert b"0123456789abcdef" not in stored.body


def test_a_secret_of_another_tenant_is_not_even_asked_for(secrets, database):
    with tenant_scope(A):
        secrets(A).put("api", "a")
        sealed = DynamoItems(database, A).get(Key(Table.CONFIG, f"T#{A}#SECRET", "api")).body
    with tenant_scope(B):
        DynamoItems(database, B).commit(Put(Item(Key(Table.CONFIG, f"T#{B}#SECRET", "api"), body=sealed)))
        with pytest.raises(TenantViolation):
            secrets(B).cipher.decrypt(A, sealed)


@pytest.fixture
def queue(clients, aws, request):
    url = aws("sqs").create_queue(QueueName=f"work-{abs(hash(request.node.name))}")["QueueUrl"]
    return SqsOutgoing(lambda: clients.get("sqs"), url)


def received(aws, queue, wait_s=0):
    answer = aws("sqs").receive_message(QueueUrl=queue.queue_url, AttributeNames=["All"], WaitTimeSeconds=wait_s)
    return answer.get("Messages", [])


def test_a_message_arrives_in_its_tenants_group(queue, aws):
    message = Message(A, Topic.OFFER_DEADLINE, "c_1", "o_1")
    with tenant_scope(A):
        queue.send(message)
    (got,) = received(aws, queue)
    assert message_of(got["Body"]) == message
    assert got["Attributes"]["MessageGroupId"] == A


def test_a_schedule_may_send_for_any_tenant_and_a_tenant_for_itself_only(queue, aws):
    with platform_scope():
        queue.send(Message(B, Topic.SWEEP, ""))
    with tenant_scope(A), pytest.raises(TenantViolation):
        queue.send(Message(B, Topic.SWEEP, ""))
    assert len(received(aws, queue)) == 1


def test_part_of_a_second_is_a_whole_one(queue, aws):
    with tenant_scope(A):
        queue.send(Message(A, Topic.RING, "c_1"), 0.2)
    assert received(aws, queue) == []
    assert len(received(aws, queue, wait_s=5)) == 1


def test_a_queue_that_is_not_there_is_unavailable(clients):
    nowhere = SqsOutgoing(lambda: clients.get("sqs"), "http://127.0.0.1/000000000000/nowhere")
    with tenant_scope(A), pytest.raises(StoreUnavailable):
        nowhere.send(Message(A, Topic.RING, "c_1"))


class Carrier:
    """Recordings at the carrier."""

    def __init__(self, **sounds: bytes) -> None:
        self.sounds = sounds

    @contextmanager
    def fetch(self, recording_sid, media_url):
        sound = self.sounds.get(recording_sid)
        yield None if sound is None else Sound(io.BytesIO(sound), "audio/wav")

    def delete(self, recording_sid):
        self.sounds.pop(recording_sid, None)


@pytest.fixture(scope="module")
def bucket(aws) -> str:
    aws("s3").create_bucket(Bucket="recordings")
    return "recordings"


def media(clients, bucket, carrier, tenant=A) -> TenantMedia:
    return TenantMedia(tenant, carrier, S3Vault(lambda: clients.get("s3"), bucket))


def test_a_recording_is_copied_compared_measured_and_only_then_deleted_at_the_carrier(clients, bucket, aws):
    sound = tones(3, 2)
    carrier = Carrier(RE1=sound)
    with tenant_scope(A):
        moving = media(clients, bucket, carrier)
        copy = moving.copy("RE1", "https://carrier/RE1")
        assert carrier.sounds, "the carrier's goes when ours was compared"
        moving.drop("RE1")
        assert carrier.sounds == {} and moving.copy("RE1", "https://carrier/RE1") == copy
        assert moving.vault.digest(copy.key) == (len(sound), sha256(sound).hexdigest())
    assert (copy.key, copy.facts.channels, copy.facts.duration_s) == ("t/t_a/recordings/RE1", 2, 3.0)
    stored = aws("s3").get_object(Bucket=bucket, Key=copy.key)
    assert (stored["Body"].read(), stored["ContentType"]) == (sound, "audio/wav")


def test_a_link_plays_parts_of_the_file_and_nothing_after_the_deletion(clients, bucket):
    sound = tones(2, 1)
    with tenant_scope(A):
        moving = media(clients, bucket, Carrier(RE2=sound))
        copy = moving.copy("RE2", "https://carrier/RE2")
        link = moving.link(copy.key)
        part = requests.get(link, headers={"Range": "bytes=10-19"}, timeout=10)
        assert (part.status_code, part.content, part.headers["Content-Range"]) == (
            206, sound[10:20], f"bytes 10-19/{len(sound)}",
        )  # fmt: skip
        moving.erase(copy.key)
        assert moving.vault.digest(copy.key) is None and requests.get(link, timeout=10).status_code == 404


@pytest.mark.parametrize("sid", ["RE9", "../RE1", ""])
def test_a_recording_that_nobody_has_is_not_found(clients, bucket, sid):
    with tenant_scope(A), pytest.raises(NotFound):
        media(clients, bucket, Carrier()).copy(sid, "https://carrier/RE9")


def test_a_recording_stays_at_the_carrier_when_the_bucket_fails(clients):
    carrier = Carrier(RE1=b"sound")
    with tenant_scope(A), pytest.raises(StoreUnavailable):
        media(clients, "no-such-bucket", carrier).copy("RE1", "https://carrier/RE1")
    assert carrier.sounds


def test_a_link_leads_to_the_own_recording_only(clients, bucket):
    with tenant_scope(A):
        assert "/t/t_a/recordings/RE1?" in media(clients, bucket, Carrier()).link("t/t_a/recordings/RE1")
        with pytest.raises(TenantViolation):
            media(clients, bucket, Carrier()).link("t/t_b/recordings/RE1")
