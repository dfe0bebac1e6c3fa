"""The library of prompts: what may be a recording, where it lies, and what the carrier is told to play."""

import io
import struct
import wave
from base64 import b64encode
from typing import Any

import pytest
from offhook.adapters.media import TenantMedia
from offhook.adapters.memory.media import SoundVault
from offhook.domain.documents import Gather, Play, Say
from offhook.domain.errors import Conflict, InvalidInput, NotFound, PreconditionFailed, TenantViolation
from offhook.domain.ids import TenantId
from offhook.domain.ivr.audio_prompt import LARGEST, MP3, WAV, AudioPrompt, media_type_of
from offhook.stores.audit import AuditTrail
from offhook.usecases.ivr import prompts
from offhook.usecases.ivr.prompts import PromptText, SoundText
from offhook.web.carrier import playable
from offhook.wiring.memory import MemoryWorld

from functions.ivr.app import app
from tests.unit.ivr.worlds import Tenant
from tests.unit.web.worlds import A, asks

MP3_FILE = b"ID3\x04" + b"\x00" * 60


def wav(seconds: float = 0.5, codec: int = 1) -> bytes:
    """A tone's worth of silence at 8 kHz."""
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x00\x10" * int(8000 * seconds))
    content = bytearray(made.getvalue())
    struct.pack_into("<H", content, 20, codec)
    return bytes(content)


@pytest.fixture
def files() -> dict[str, bytes]:
    """What lies in the bucket."""
    return {}


@pytest.fixture
def tenant(files: dict[str, bytes]) -> Tenant:
    made = Tenant()
    carrier: Any = None
    object.__setattr__(made.deps, "media", TenantMedia(TenantId("t_one"), carrier, SoundVault(files)))
    return made


def recorded(tenant: Tenant, content: bytes, language: str = "en-US") -> AudioPrompt:
    made = prompts.create(tenant.deps, PromptText("Welcome", {"en-US": "Welcome.", "zh-CN": "欢迎。"}))
    return prompts.record(tenant.deps, made.id, 1, language, SoundText(content, "hello.wav"))


def test_a_recording_lies_below_the_tenants_prefix_and_says_what_it_is(tenant: Tenant, files: dict[str, bytes]) -> None:
    sound = recorded(tenant, wav()).sounds["en-US"]
    assert (sound.media_type, sound.duration_s, sound.name) == (WAV, 0.5, "hello.wav")
    (key,) = files
    assert key == "t/t_one/prompts/" + sound.address.removeprefix("prompt:")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "neither WAV nor MP3"),
        (b"\xff\xf1\x50\x80" + b"\x00" * 50, "neither WAV nor MP3"),
        (wav(codec=17), "PCM"),
        (b"RIFF\x00\x00\x00\x00WAVE", "PCM"),
        (b"ID3" + b"\x00" * LARGEST, "larger than 3 MB"),
    ],
)
def test_what_cannot_be_played_on_a_call_is_refused_by_name_and_nothing_is_kept(
    tenant: Tenant, files: dict[str, bytes], content: bytes, says: str
) -> None:
    with pytest.raises(InvalidInput, match=says) as refused:
        recorded(tenant, content)
    assert refused.value.field == "$.content"
    assert files == {}


@pytest.mark.parametrize(
    ("content", "kind"), [(MP3_FILE, MP3), (b"\xff\xfb\x90\x00", MP3), (wav(codec=7), WAV), (wav(codec=6), WAV)]
)
def test_what_it_is_is_read_from_the_bytes(content: bytes, kind: str) -> None:
    assert media_type_of(content) == kind


def test_a_file_whose_parts_are_not_as_long_as_they_say_is_of_no_known_length(tenant: Tenant) -> None:
    broken = bytearray(wav())
    struct.pack_into("<H", broken, 18, 255)  # the part that says what kind of sound it is
    sound = recorded(tenant, bytes(broken)).sounds["en-US"]
    assert (sound.media_type, sound.duration_s) == (WAV, 0)


def test_who_read_an_outdated_prompt_leaves_no_file_behind(tenant: Tenant, files: dict[str, bytes]) -> None:
    made = recorded(tenant, wav())
    with pytest.raises(PreconditionFailed):
        prompts.record(tenant.deps, made.id, made.version - 1, "en-US", SoundText(wav(1.0)))
    assert len(files) == 1


def test_the_carrier_gets_a_signed_address_also_within_a_menu(tenant: Tenant) -> None:
    address = recorded(tenant, wav()).sounds["en-US"].address
    elsewhere = Play("https://example.com/a.mp3")
    document = (Play(address), Gather("/next", (Say("One", "en-US"), Play(address))), elsewhere)
    first, menu, last = playable(document, tenant.deps)
    link = "https://media.invalid/t/t_one/prompts/" + address.removeprefix("prompt:")
    assert isinstance(menu, Gather)
    assert (first, menu.prompts[1], last) == (Play(link), Play(link), elsewhere)


def test_an_address_cannot_lead_out_of_the_tenants_own_prefix(tenant: Tenant) -> None:
    with pytest.raises(TenantViolation):
        playable((Play("prompt:../../t_two/prompts/pr_1/a.wav"),), tenant.deps)


def test_another_recording_is_another_file_and_a_prompt_that_a_flow_plays_stays(
    tenant: Tenant, files: dict[str, bytes]
) -> None:
    first = recorded(tenant, wav())
    second = prompts.record(tenant.deps, first.id, first.version, "en-US", SoundText(wav(1.0)))
    assert len(files) == 2
    tenant.publish({"start": {"type": "play", "audio": {"en-US": first.sounds["en-US"].address}, "next": "bye"}})
    with pytest.raises(Conflict, match="plays this prompt"):
        prompts.delete(tenant.deps, first.id)
    tenant.publish({"start": {"type": "hang_up"}})
    prompts.delete(tenant.deps, second.id)
    assert tenant.deps.config.find(AudioPrompt, first.id) is None
    with pytest.raises(NotFound):
        prompts.listen(tenant.deps, first.id, "en-US")


@pytest.mark.usefixtures("names_as_tokens")
def test_a_file_larger_than_other_bodies_is_taken_and_its_content_stays_out_of_the_audit_trail(
    world: MemoryWorld,
) -> None:
    made = asks(app, "POST", "/prompts", json={"name": "Welcome"}).json()
    content = b64encode(wav(30)).decode()
    at, first, second = f"/prompts/{made['id']}/sounds/zh-CN", {"If-Match": '"1"'}, {"If-Match": '"2"'}
    kept = asks(app, "PUT", at, headers=first, json={"content": content, "name": "a.wav"})
    assert (kept.status, kept.json()["sounds"]["zh-CN"]["duration_s"]) == (200, 30.0)
    assert asks(app, "GET", at).json()["url"]
    assert asks(app, "PUT", at, headers=first, json={"content": content}).status == 412
    cut = asks(app, "PUT", at, headers=second, json={"content": content[:-3]})
    assert (cut.status, cut.json()["errors"][0]["field"]) == (400, "$.content")
    assert asks(app, "POST", "/prompts", json={"name": "x" * 70_000}).status == 413
    assert asks(app, "DELETE", at, headers=second).json()["sounds"] == {}
    entries = AuditTrail(world.deps_for(world.tenant_context(A)).items, A).all()
    (entry,) = [one.act.about for one in entries if one.act.action.startswith("PUT")]
    assert entry["body"] == {"bytes": len(content) + len('{"content": "", "name": "a.wav"}')}
