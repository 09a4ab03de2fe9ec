"""What organizers type or paste is shown as it is meant, notifies nobody, and is never lost."""

from typing import Any

import pytest

from bot.domain.announce.announcement import Stage
from bot.sandbox import SentFile
from bot.sandbox_app import Stage as Running
from bot.storage import audit
from tests.chat.announce.acting import BODY, TITLE, chosen, lines, pressed, sent, written
from tests.chat.announce.test_draft import PNG, all_of
from tests.chat.announce.test_sent import day, direct
from tests.chat.organizing.test_live import guild, organizer, public, texts
from tests.faults.delivered import until

__all__ = ["day"]

#: Each bracket takes three characters in an address.
GROWING = "https://example.org/" + "(" * 280
NOBODY: tuple[list[Any], list[Any], bool] = ([], [], False)


def pinged(message: dict[str, Any]) -> tuple[list[Any], list[Any], bool]:
    return message["mentions"], message["mention_roles"], message["mention_everyone"]


async def test_mentions_in_every_part_notify_nobody(day: Running) -> None:
    world = day.sandbox.world
    role = next(role.id for role in world.guild.roles.values() if role.name == "Reminders")
    person = day.sandbox.person("attendee").user.id
    all_kinds = f"@everyone @here <@{person}> <@!{person}> <@&{role}>"
    preview = await written(
        day, all_kinds, all_kinds, picture=SentFile("map.png", PNG), alt=all_kinds, link="https://example.org/everyone"
    )
    assert preview.message is not None
    assert pinged(preview.message) == NOBODY
    await sent(day, preview)
    assert [pinged(public(day, "announcements")[-1]), pinged(day.sandbox.person("attendee").dms()[-1])] == [NOBODY] * 2


async def test_a_name_in_an_address_makes_it_none_and_one_in_its_path_does_not(day: Running) -> None:
    rows = lines(day, await written(day, link="https://everyone@example.org/"))
    assert "The link is not a web address." in rows[1]
    await sent(day, await written(day, body="mail chair@iclr.cc", link="https://example.org/@everyone"))
    last = public(day, "announcements")[-1]
    assert last["content"].splitlines()[1:] == ["mail chair@iclr.cc", "https://example.org/@everyone"]
    assert pinged(last) == NOBODY


async def test_only_the_chosen_role_is_notified_whatever_the_text_mentions(day: Running) -> None:
    roles = {role.name: role.id for role in day.sandbox.world.guild.roles.values()}
    preview = await written(day, TITLE, f"@everyone <@&{roles['Organizer']}>")
    await sent(day, await chosen(day, preview, 2, "The role Reminders"))
    assert pinged(public(day, "announcements")[-1]) == ([], [str(roles["Reminders"])], False)
    assert pinged(day.sandbox.person("attendee").dms()[-1]) == NOBODY


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("```\nopen", "```\nopen\n```\nhttps://example.org"),
        ("````", "````\n```\nhttps://example.org"),
        (">>> all of it", "> all of it\nhttps://example.org"),
        ("a\u202eb\u2066c\u200bd\ufeffe", "abcde\nhttps://example.org"),
        ("\u200b\u2060\n\u200b", "https://example.org"),
    ],
    ids=["open block", "four ticks", "quote of all", "right to left", "nothing to see"],
)
async def test_what_would_reach_beyond_the_text_ends_with_it(day: Running, body: str, shown: str) -> None:
    await sent(day, await written(day, "Title \u202e", body, link="https://example.org"))
    assert public(day, "announcements")[-1]["content"] == f"**Title**\n{shown}"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("b" * 1_300, "characters too long. Shorten the text."),
        ("@" * 4_000, "The text has 4,000 characters, and 1,300 fit."),
    ],
    ids=["as typed it would fit", "4,000 characters"],
)
async def test_what_escaping_makes_too_long_is_said_before_it_is_sent(day: Running, body: str, fault: str) -> None:
    preview = await written(day, "*" * 100, body, link=GROWING)
    assert (lines(day, preview)[0], fault in lines(day, preview)[1]) == ("This cannot go out yet", True)
    with pytest.raises(LookupError, match="disabled"):
        await pressed(day, preview, "Send now")
    assert all_of(day)[0].content.body == body


async def test_the_longest_text_without_markup_goes_out(day: Running) -> None:
    preview = await written(day, "t" * 100, "b" * 1_300, link="https://example.org/" + "p" * 280)
    await sent(day, preview)
    assert (len(public(day, "announcements")[-1]["content"]), len(direct(day, "attendee"))) == (1_706, 1)


async def test_a_correction_that_escaping_makes_too_long_changes_nothing_and_is_kept(day: Running) -> None:
    preview = await written(day)
    await sent(day, preview)
    assert preview.message is not None
    form = await organizer(day).press(preview.message, "Correct")
    assert form.modal is not None
    reply = await (await organizer(day).submit(form.modal, {"body": "b" * 1_300, "link": GROWING})).settled()
    await day.sandbox.until(lambda: len(reply.messages) == 2)
    said, kept = reply.messages
    assert "with its markup, the message would be" in said["content"].lower()
    assert [one["filename"] for one in kept["attachments"]] == ["announcement.txt"]
    assert [(one.stage, one.content.body) for one in all_of(day)] == [(Stage.CONFIRMED, BODY)]


async def test_a_role_that_was_deleted_meanwhile_is_said_and_nothing_is_sent(day: Running) -> None:
    preview = await chosen(day, await written(day), 0, "Authors")
    role = next(role.id for role in day.sandbox.world.guild.roles.values() if role.name == "Author")
    await day.client.http.delete_role(guild(day), role)
    await until(lambda: all(one.get_role(role) is None for one in day.client.guilds))
    reply = await pressed(day, preview, "Send now")
    assert any("The role is not there any more." in one["content"] for one in reply.messages)
    assert (direct(day, "author"), texts(day, "announcements")) == ([], [])
    assert [one.stage for one in all_of(day)] == [Stage.DRAFT]


async def test_bytes_that_are_no_picture_are_left_out_and_the_rest_goes_out(day: Running) -> None:
    file = SentFile("map.png", b"GIF7\x00\xff\xfe<script>")
    await sent(day, await written(day, picture=file, alt="A map"))
    assert (texts(day, "announcements")[-1].splitlines()[0], public(day, "announcements")[-1]["attachments"]) == (
        TITLE,
        [],
    )


async def test_who_loses_the_role_while_writing_sends_nothing_and_gets_the_text_back(day: Running) -> None:
    person, world = organizer(day), day.sandbox.world
    form = await person.command("/announce", channel="organizers")
    world.guild.owner_id = world.person("attendee").id
    world.guild.members[person.user.id].role_ids.clear()
    assert form.modal is not None
    reply = await person.submit(form.modal, {"title": TITLE, "body": "Long and @everyone"}, channel="general")
    await day.sandbox.until(lambda: len(reply.messages) == 2)
    refusal, kept = reply.messages
    assert refusal["content"].startswith("Only organizers make announcements. Nothing was sent.")
    (file,) = kept["attachments"]
    stored = world.attachments[int(file["id"])]
    assert (stored.content.decode(), kept["flags"] & 64) == (f"{TITLE}\n\nLong and @everyone", 64)
    assert all_of(day) == []
    (entry,) = audit.newest(day.database.reader, guild(day), skip=0, most=9)
    assert (entry.actor, str(entry.outcome), entry.about) == (person.user.id, "refused", "a button of /announce")
