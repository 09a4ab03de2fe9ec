"""A draft: written, looked at, chosen for, changed and dropped. Nothing goes out by that."""

import pytest

from bot.domain.announce.announcement import Announcement
from bot.sandbox import CommandTextError, SentFile
from bot.sandbox_app import Stage as Running
from bot.storage.announce import announcements
from bot.storage.delivery import outbox
from tests.chat.announce.acting import BODY, TITLE, chosen, lines, pressed, written
from tests.chat.organizing.test_live import guild, organizer, texts

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def all_of(stage: Running) -> list[Announcement]:
    return announcements.of_guild(stage.database.reader, guild(stage), skip=0, most=100)


def nothing_was_said(stage: Running) -> bool:
    rows = outbox.of_guild(stage.database.reader, guild(stage))
    return not [row for row in rows if row.announcement is not None] and texts(stage, "announcements") == []


async def test_a_new_draft_is_shown_as_it_will_look_with_whom_it_reaches(stage: Running) -> None:
    preview = await written(stage)
    assert lines(stage, preview) == [
        "Nothing is sent yet",
        "For: everyone",
        "Channel: #announcements, read by 4 people. Nobody is mentioned.",
        "Direct messages: nobody yet asked for them",
        "When: now",
        "Takes: 2 requests to Discord, about 1 second",
        f"Phones show: {TITLE} {BODY}",
        TITLE,
        BODY,
    ]
    assert nothing_was_said(stage)


async def test_a_choice_from_a_menu_is_stored_and_shown(stage: Running) -> None:
    preview = await chosen(stage, await written(stage), 0, "Speakers")
    # Speakers have no channel of their own here: elsewhere others would read along.
    assert lines(stage, preview)[1:3] == [
        "For: speakers",
        "Direct messages: nobody yet asked for them ⚠️ As things stand, nobody gets it.",
    ]
    preview = await chosen(stage, preview, 1, "#announcements alone")
    preview = await chosen(stage, preview, 2, "The role Speaker")
    role = next(role.id for role in stage.sandbox.world.guild.roles.values() if role.name == "Speaker")
    assert lines(stage, preview)[1:3] == [
        "For: speakers",
        f"Channel: #announcements, read by 4 people. Mentions <@&{role}>: 1 person.",
    ]
    assert nothing_was_said(stage)


async def test_what_is_about_a_session_can_go_to_those_who_have_it_in_their_agenda(stage: Running) -> None:
    preview = await written(stage, command="/announce about:Invited Talk 3")
    preview = await chosen(stage, preview, 0, "Those who have it in their agenda")
    assert lines(stage, preview)[1] == "For: those who have Invited Talk 3 in their agenda"


@pytest.mark.parametrize(
    ("title", "body", "fault"),
    [
        ("\u200b\u202e ", BODY, "The title is empty."),
        (TITLE, "x" * 4_000, "The text has 4,000 characters, and 1,300 fit."),
    ],
)
async def test_what_cannot_be_sent_is_kept_and_said(stage: Running, title: str, body: str, fault: str) -> None:
    preview = await written(stage, title, body)
    rows = lines(stage, preview)
    assert rows[0] == "This cannot go out yet"
    assert fault in rows[1]
    assert all_of(stage)[0].content.body == body
    with pytest.raises(LookupError, match="disabled"):
        await pressed(stage, preview, "Send now")


async def test_a_link_that_is_none_is_said(stage: Running) -> None:
    rows = lines(stage, await written(stage, link="javascript:alert(1)"))
    assert "The link is not a web address." in rows[1]


async def test_the_text_is_edited_in_the_form_that_shows_it(stage: Running) -> None:
    preview = await written(stage)
    assert preview.message is not None
    form = await organizer(stage).press(preview.message, "Edit the text")
    assert form.modal is not None
    values = [one["component"].get("value") for one in form.modal["components"]]
    assert values[:2] == [TITLE, BODY]
    done = await (await organizer(stage).submit(form.modal, {"title": "Lunch is late"})).settled()
    assert lines(stage, done)[-2:] == ["Lunch is late", BODY]
    assert [one.revision for one in all_of(stage)] == [2]


async def test_a_picture_is_kept_at_the_draft_and_shown(stage: Running) -> None:
    preview = await written(stage, picture=SentFile("map.png", PNG), alt="The way to the foyer")
    (draft,) = all_of(stage)
    assert announcements.picture(stage.database.reader, draft.id) == PNG
    assert preview.message is not None
    assert [one["description"] for one in preview.message["attachments"]] == ["The way to the foyer"]
    preview = await pressed(stage, preview, "Without picture")
    assert announcements.picture(stage.database.reader, draft.id) is None
    assert preview.message is not None
    assert preview.message["attachments"] == []


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (SentFile("map.png", b"%PDF-1.7"), "The file is no picture that Discord shows."),
        (SentFile("map.png", PNG + bytes(30 * 1024 * 1024), nitro=True), "The picture has 30 MB, and 8 MB fit."),
    ],
    ids=["no picture", "30 MB"],
)
async def test_a_picture_that_cannot_be_used_costs_nothing_else(stage: Running, file: SentFile, why: str) -> None:
    preview = await written(stage, picture=file, alt="The way to the foyer")
    rows = lines(stage, preview)
    assert (rows[0].startswith("The picture was left out."), why in rows[0]) == (True, True)
    assert rows[-2:] == [TITLE, BODY]


async def test_a_picture_without_words_cannot_go_out(stage: Running) -> None:
    rows = lines(stage, await written(stage, picture=SentFile("map.png", PNG)))
    assert "The picture has no description." in rows[1]


async def test_a_draft_is_dropped(stage: Running) -> None:
    done = await pressed(stage, await written(stage), "Drop")
    assert lines(stage, done) == ["Cancelled", "Nothing was changed."]
    assert all_of(stage) == []


async def test_the_second_of_two_organizers_sees_what_the_first_did_and_keeps_what_was_typed(stage: Running) -> None:
    preview = await written(stage)
    person = organizer(stage)
    assert preview.message is not None
    form = await person.press(preview.message, "Edit the text")
    # Meanwhile the same draft is changed elsewhere.
    await chosen(stage, preview, 0, "Online")
    assert form.modal is not None
    done = await (await person.submit(form.modal, {"title": "Mine"})).settled()
    assert "Your text was not taken: somebody changed it meanwhile. It is kept here" in lines(stage, done)[0]
    assert [one.content.title for one in all_of(stage)] == ["Mine", TITLE]


async def test_markup_that_would_reach_beyond_the_text_is_closed(stage: Running) -> None:
    body = ">>> all\n```open @everyone <@&1>"
    preview = await written(stage, "**bold** @here", body, link="https://example.org/live")
    assert preview.message is not None
    shown = preview.message["components"][1]["components"][0]["content"]
    assert shown == (
        "**\\*\\*bold\\*\\* @\u200bhere**\n> all\n```open @\u200beveryone <@&1>\n```\nhttps://example.org/live"
    )


async def test_somebody_else_finds_no_such_command(stage: Running) -> None:
    with pytest.raises(CommandTextError):
        await stage.sandbox.person("attendee").command("/announce")


@pytest.mark.parametrize(
    ("template", "title"),
    [
        ("Another room", "[session] is in another room"),
        ("Lunch", "Lunch until 14:00"),
        ("Asking for feedback", "How was DeLTa?"),
    ],
)
async def test_a_template_fills_the_form(stage: Running, template: str, title: str) -> None:
    form = await organizer(stage).command(f"/announce template:{template}", channel="organizers")
    assert form.modal is not None
    assert form.modal["components"][0]["component"]["value"] == title
