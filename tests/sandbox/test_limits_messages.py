"""What a message may hold, just within each limit and just beyond it."""

from typing import Any

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import check_message
from tests.sandbox.refusals import Limit, assert_limit, found

V2 = 1 << 15
LONG, BAD = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH"
LEGACY = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
TEXT_DISPLAY = {"type": 10, "content": "x"}


def said(**more: Any) -> dict[str, Any]:
    return {"content": "x", **more}


def embed(**parts: Any) -> dict[str, Any]:
    return {"embeds": [parts]}


def field(name: str = "n", value: str = "v") -> dict[str, Any]:
    return {"name": name, "value": value}


def six_thousand(more: int = 0) -> dict[str, Any]:
    """Two embeds with a character in each place that counts."""
    first = {
        "title": "t" * 256,
        "description": "d" * 4096,
        "footer": {"text": "f" * 500},
        "author": {"name": "a" * 100},
    }
    return {"embeds": [first, {"fields": [field("n" * 48, "v" * 900)], "description": "d" * (100 + more)}]}


LIMITS = [
    Limit("content", {"content": "x" * 2000}, {"content": "x" * 2001}, "content", LONG),
    Limit("content of 4,000 is not for bots", said(), {"content": "x" * 4000}, "content", LONG),
    Limit("content is text", said(), {"content": 5}, "content", "STRING_TYPE_CONVERT"),
    Limit("embeds", {"embeds": [{"title": "t"}] * 10}, {"embeds": [{"title": "t"}] * 11}, "embeds", LONG),
    Limit("embeds is a list", embed(title="t"), {"embeds": {"title": "t"}}, "embeds", "LIST_TYPE_CONVERT"),
    Limit("embed is an object", embed(title="t"), {"embeds": ["t"]}, "embeds.0", "MODEL_TYPE_CONVERT"),
    Limit("embed title", embed(title="t" * 256), embed(title="t" * 257), "embeds.0.title", LONG),
    Limit("description", embed(description="d" * 4096), embed(description="d" * 4097), "embeds.0.description", LONG),
    Limit("fields", embed(fields=[field()] * 25), embed(fields=[field()] * 26), "embeds.0.fields", LONG),
    Limit(
        "field name", embed(fields=[field("n" * 256)]), embed(fields=[field("n" * 257)]), "embeds.0.fields.0.name", LONG
    ),
    Limit(
        "field value",
        embed(fields=[field("n", "v" * 1024)]),
        embed(fields=[field("n", "v" * 1025)]),
        "embeds.0.fields.0.value",
        LONG,
    ),
    Limit(
        "field value is needed",
        embed(fields=[field()]),
        embed(fields=[field("n", "")]),
        "embeds.0.fields.0.value",
        "BASE_TYPE_REQUIRED",
    ),
    Limit(
        "footer", embed(footer={"text": "f" * 2048}), embed(footer={"text": "f" * 2049}), "embeds.0.footer.text", LONG
    ),
    Limit("author", embed(author={"name": "a" * 256}), embed(author={"name": "a" * 257}), "embeds.0.author.name", LONG),
    Limit(
        "colour", embed(title="t", color=0xFFFFFF), embed(title="t", color=1 << 24), "embeds.0.color", "NUMBER_TYPE_MAX"
    ),
    Limit(
        "embed url",
        embed(title="t", url="https://example.org/"),
        embed(title="t", url="javascript://x"),
        "embeds.0.url",
        "URL_TYPE_INVALID_SCHEME",
    ),
    Limit(
        "embed image",
        embed(image={"url": "attachment://map.png"}),
        embed(image={"url": "map.png"}),
        "embeds.0.image.url",
        "URL_TYPE_INVALID_URL",
    ),
    Limit(
        "embed timestamp",
        embed(title="t", timestamp="2025-04-28T09:20:00+08:00"),
        embed(title="t", timestamp="2025-04-28T09:20"),
        "embeds.0.timestamp",
        "DATE_TIME_TYPE_PARSE",
    ),
    Limit("embed key", embed(title="t"), embed(title="t", colour=3), "embeds.0.colour", "UNKNOWN_FIELD"),
    Limit("all embeds", six_thousand(), six_thousand(more=1), "embeds", "MAX_EMBED_SIZE_EXCEEDED"),
    Limit("unknown key", said(), said(contents="x"), "contents", "UNKNOWN_FIELD"),
    Limit("nonce", said(nonce="n" * 25), said(nonce="n" * 26), "nonce", LONG),
    Limit("stickers", {"sticker_ids": ["1"] * 3}, {"sticker_ids": ["1"] * 4}, "sticker_ids", LONG),
    Limit(
        "attachments", said(attachments=[{"id": "0"}] * 10), said(attachments=[{"id": "0"}] * 11), "attachments", LONG
    ),
    Limit(
        "alt text",
        said(attachments=[{"id": 0, "description": "d" * 1024}]),
        said(attachments=[{"id": 0, "description": "d" * 1025}]),
        "attachments.0.description",
        LONG,
    ),
    Limit(
        "attachment id",
        said(attachments=[{"id": 0}]),
        said(attachments=[{"filename": "a.png"}]),
        "attachments.0.id",
        "BASE_TYPE_REQUIRED",
    ),
    Limit(
        "mentioned people",
        said(allowed_mentions={"users": ["1"] * 100}),
        said(allowed_mentions={"users": ["1"] * 101}),
        "allowed_mentions.users",
        LONG,
    ),
    Limit(
        "mentioned roles",
        said(allowed_mentions={"roles": ["1"]}),
        said(allowed_mentions={"roles": ["@organizers"]}),
        "allowed_mentions.roles.0",
        "NUMBER_TYPE_COERCE",
    ),
    Limit(
        "what is parsed",
        said(allowed_mentions={"parse": ["everyone", "roles", "users"]}),
        said(allowed_mentions={"parse": ["here"]}),
        "allowed_mentions.parse.0",
        "BASE_TYPE_CHOICES",
    ),
    Limit(
        "parsing and naming at once",
        said(allowed_mentions={"parse": ["roles"], "users": ["1"]}),
        said(allowed_mentions={"parse": ["roles"], "roles": ["1"]}),
        "allowed_mentions",
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    Limit(
        "reference",
        said(message_reference={"message_id": "1"}),
        said(message_reference={"channel_id": "1"}),
        "message_reference.message_id",
        "BASE_TYPE_REQUIRED",
    ),
]


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_message_limit(limit: Limit) -> None:
    assert_limit(check_message, limit)


@pytest.mark.parametrize(
    ("field_name", "value"),
    [("content", "x"), ("embeds", [{"title": "t"}]), ("poll", {"question": {}}), ("sticker_ids", ["1"])],
)
def test_components_v2_excludes_classic_fields(field_name: str, value: object) -> None:
    payload = {"components": [TEXT_DISPLAY], field_name: value}
    with pytest.raises(ApiError) as refusal:
        check_message(payload, flags=V2)
    assert found(refusal.value.errors) == [(field_name, LEGACY)]


def test_components_v2_takes_the_fields_that_say_nothing() -> None:
    check_message({"content": None, "embeds": [], "components": [TEXT_DISPLAY]}, flags=V2)


def test_an_edit_to_v2_must_take_the_text_away() -> None:
    before = {"content": "Next: poster session", "embeds": [], "flags": 0}
    with pytest.raises(ApiError) as refusal:
        check_message({"components": [TEXT_DISPLAY], "flags": V2}, flags=V2, editing=True, before=before)
    assert found(refusal.value.errors) == [("content", LEGACY)]
    check_message({"content": None, "components": [TEXT_DISPLAY], "flags": V2}, flags=V2, editing=True, before=before)


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"content": ""},
        {"content": " \n\t"},
        {"content": None, "embeds": []},
        {"embeds": [{"color": 3}]},
        {"components": []},
        {"nonce": "n", "allowed_mentions": {"parse": []}},
    ],
)
def test_an_empty_message_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(ApiError) as refusal:
        check_message(payload)
    assert (refusal.value.code, refusal.value.errors) == (50006, None)


@pytest.mark.parametrize(
    "payload",
    [
        {"content": "x"},
        {"embeds": [{"image": {"url": "https://example.org/a.png"}}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "x"}]}]},
        {"sticker_ids": ["1"]},
        {"message_reference": {"type": 1, "message_id": "1", "channel_id": "1"}},
    ],
)
def test_a_message_with_one_thing_in_it_passes(payload: dict[str, Any]) -> None:
    check_message(payload)


def test_files_alone_are_a_message() -> None:
    check_message({}, has_files=True)
    check_message({}, has_files=["map.png"])


def test_an_edit_may_name_nothing() -> None:
    check_message({}, editing=True)


def test_an_edit_may_not_leave_nothing() -> None:
    before = {"content": "x", "embeds": [], "components": []}
    with pytest.raises(ApiError) as refusal:
        check_message({"content": ""}, editing=True, before=before)
    assert refusal.value.code == 50006
    check_message({"content": ""}, editing=True, before=before | {"attachments": [{"id": "1"}]})


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(ApiError) as refusal:
        check_message({"content": "x" * 2001, "embeds": [{"title": "t" * 257}, {"color": -1}], "nonce": "n" * 26})
    assert found(refusal.value.errors) == [
        ("content", LONG),
        ("embeds.0.title", LONG),
        ("embeds.1.color", "NUMBER_TYPE_MIN"),
        ("nonce", LONG),
    ]


def test_the_body_reads_as_discord_writes_it() -> None:
    with pytest.raises(ApiError) as refusal:
        check_message(embed(description="d" * 4097))
    told = {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 4096 or fewer in length."}
    assert refusal.value.body() == {
        "message": "Invalid Form Body",
        "code": 50035,
        "errors": {"embeds": {"0": {"description": {"_errors": [told]}}}},
    }
    assert refusal.value.under("data").body()["errors"] == {
        "data": {"embeds": {"0": {"description": {"_errors": [told]}}}}
    }
