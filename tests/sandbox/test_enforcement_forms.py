"""Through HTTP: what is refused because of what a request holds."""

from typing import Any
from urllib.parse import quote

import pytest

from bot.sandbox import Sandbox
from tests.sandbox.http import EVENT, SAID, calling, channel_id, places
from tests.sandbox.interacting import interacting
from tests.sandbox.live import make_world
from tests.sandbox.refusals import found

LONG, BAD = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH"
FORMS: list[tuple[str, str, Any, str, str]] = [
    ("POST", "/channels/{general}/messages", {"content": "x" * 2001}, "content", LONG),
    ("POST", "/channels/{general}/messages", {"embeds": [{"title": "t" * 257}]}, "embeds.0.title", LONG),
    ("POST", "/channels/{general}/messages", SAID | {"tts": "yes"}, "tts", "BOOLEAN_TYPE_CONVERT"),
    ("POST", "/channels/{general}/messages", SAID | {"sticker_ids": "1"}, "sticker_ids", "LIST_TYPE_CONVERT"),
    ("POST", "/channels/{general}/messages", SAID | {"sticker_ids": ["x"]}, "sticker_ids.0", "NUMBER_TYPE_COERCE"),
    ("POST", "/channels/{general}/messages", SAID | {"poll": 1}, "poll", "MODEL_TYPE_CONVERT"),
    ("POST", "/channels/{general}/messages", SAID | {"flags": 1 << 20}, "flags", "UNKNOWN_FLAG"),
    (
        "POST",
        "/channels/{general}/messages",
        {"flags": 1 << 15, "components": [{"type": 10, "content": "x"}], "poll": {}},
        "poll",
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    (
        "POST",
        "/channels/{general}/messages",
        SAID | {"attachments": [{"id": 0}]},
        "attachments.0",
        "ATTACHMENT_NOT_FOUND",
    ),
    ("PATCH", "/channels/{general}/messages/{own}", {"content": "x" * 2001}, "content", LONG),
    ("POST", "/channels/{general}/threads", {"name": "n" * 101, "type": 11}, "name", BAD),
    ("POST", "/channels/{general}/messages/{own}/threads", {"name": "n" * 101}, "name", BAD),
    ("POST", "/channels/{posters}/threads", {"name": "n", "message": {"content": "x" * 2001}}, "message.content", LONG),
    (
        "POST",
        "/channels/{posters}/threads",
        {"name": "n", "message": SAID, "applied_tags": ["5"]},
        "applied_tags.0",
        "BASE_TYPE_CHOICES",
    ),
    ("PATCH", "/channels/{posters}", {"available_tags": [{"name": "t" * 21}]}, "available_tags.0.name", BAD),
    ("PATCH", "/channels/{general}", {"topic": "t" * 1025}, "topic", LONG),
    ("POST", "/guilds/{guild}/channels", {"name": "n" * 101}, "name", BAD),
    ("POST", "/guilds/{guild}/roles", {"name": "n" * 101}, "name", LONG),
    ("PATCH", "/guilds/{guild}/roles/{role}", {"color": 1 << 24}, "color", "NUMBER_TYPE_MAX"),
    ("POST", "/guilds/{guild}/scheduled-events", EVENT | {"name": "n" * 101}, "name", BAD),
    (
        "POST",
        "/guilds/{guild}/scheduled-events",
        EVENT | {"scheduled_end_time": None},
        "scheduled_end_time",
        "BASE_TYPE_REQUIRED",
    ),
    (
        "PUT",
        "/applications/{app}/commands",
        [{"name": "Now", "description": "d"}],
        "0.name",
        "APPLICATION_COMMAND_INVALID_NAME",
    ),
    ("POST", "/applications/{app}/guilds/{guild}/commands", {"name": "now"}, "description", "BASE_TYPE_REQUIRED"),
]


@pytest.mark.parametrize(("method", "path", "body", "where", "code"), FORMS)
async def test_a_wrong_form_is_50035_with_its_path(method: str, path: str, body: Any, where: str, code: str) -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        own = await http.post(f"/channels/{channel_id(world, 'general')}/messages", SAID)
        answer = await http.call(method, path.format(**places(world), own=own.id), body)
        assert answer.refusal == (400, 50035)
        assert found(answer.body["errors"]) == [(where, code)]


async def test_an_empty_message_is_50006() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        answer = await http.post(f"/channels/{channel_id(world, 'general')}/messages", {"content": " "})
        assert answer.refusal == (400, 50006)


async def test_a_forum_takes_no_plain_message() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        assert (await http.post(f"/channels/{channel_id(world, 'posters')}/messages", SAID)).refusal == (400, 50008)


async def test_a_nonce_is_unique_and_leaves_no_trace() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        path = f"/channels/{channel_id(world, 'general')}/messages"
        first, second = [await http.post(path, SAID | {"nonce": "row-7", "enforce_nonce": True}) for _ in range(2)]
        assert (first.id, first.body["nonce"]) == (second.id, "row-7")
        history = await http.get(path)
        assert [(message["id"], "nonce" in message) for message in history.body] == [(first.id, False)]


async def test_a_wrong_answer_to_an_interaction_is_told_inside_data() -> None:
    async with calling(sandbox := Sandbox(make_world())) as http, interacting(sandbox) as interaction:
        answer = await http.post(interaction.callback, {"type": 4, "data": {"content": "x" * 2001}})
        assert answer.refusal == (400, 50035)
        assert found(answer.body["errors"]) == [("data.content", LONG)]
        # A refused answer is none: the right one is still taken.
        assert (await http.post(interaction.callback, {"type": 4, "data": SAID})).status == 204


FILES = {f"{number}.txt": b"x" for number in range(11)}


async def test_at_most_ten_files_with_those_of_before() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        path = f"/channels/{channel_id(world, 'general')}/messages"
        refused = await http.call("POST", path, SAID, files=FILES)
        assert (refused.refusal, found(refused.body["errors"])) == ((400, 50035), [("attachments", LONG)])
        ten = await http.call("POST", path, SAID, files=dict(list(FILES.items())[:10]))
        assert len(ten.body["attachments"]) == 10
        one_more = await http.call("PATCH", f"{path}/{ten.id}", SAID, files={"a.txt": b"x"})
        assert found(one_more.body["errors"]) == [("attachments", LONG)]
        instead = {"attachments": [{"id": 0}, *ten.body["attachments"][:9]]}
        instead["attachments"] = [{"id": one["id"]} for one in instead["attachments"]]
        assert (await http.call("PATCH", f"{path}/{ten.id}", instead, files={"a.txt": b"x"})).status == 200


@pytest.mark.parametrize(("size", "status"), [(10 * 1024 * 1024, 200), (10 * 1024 * 1024 + 1, 413)])
async def test_a_file_may_have_ten_megabytes(size: int, status: int) -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        path = f"/channels/{channel_id(world, 'general')}/messages"
        answer = await http.call("POST", path, SAID, files={"a.bin": bytes(size)})
        assert answer.status == status
        assert status == 200 or answer.refusal == (413, 40005)


@pytest.mark.parametrize(
    ("emoji", "code"),
    [("👍🏽", None), ("❤️", None), ("1️⃣", None), ("🇸🇬", None), ("👩‍🔬", None), ("ℹ️", None)]
    + [(word, 10014) for word in ("notemoji", "party:123456789012345678", "1", "👍 ", "字", "\ufe0f")],
)
async def test_a_reaction_takes_an_emoji(emoji: str, code: int | None) -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        path = f"/channels/{channel_id(world, 'general')}/messages"
        said = await http.post(path, SAID)
        answer = await http.put(f"{path}/{said.id}/reactions/{quote(emoji)}/@me")
        assert (answer.body or {}).get("code") == code
