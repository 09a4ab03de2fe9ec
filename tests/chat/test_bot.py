"""What a person in the server sees: the real client, over HTTP and WebSocket, on a real database."""

from typing import Any

import pytest

from bot.chat.lookup import Lookup
from bot.chat.render.text import plain
from bot.sandbox import InteractionType, Person, Reply
from bot.sandbox.permissions import Permission
from bot.sandbox.state import Overwrite, OverwriteType
from bot.sandbox.terminal import as_text
from bot.sandbox_app import Stage
from bot.storage.programme import shared_cards

EPHEMERAL = 64
COMPONENTS_V2 = 1 << 15

COMMANDS = [
    "/now",
    "/schedule",
    "/schedule day:2025-04-28",
    "/session name:Closing",
    "/speaker name:dawn",
    "/speakers",
    "/poster title:reversible solver",
    "/posters topic:Improved sampling schemes",
    "/posters text:diffusion bridge",
    "/search flow matching",
    "/deadlines",
    "/topics",
    "/submit",
    "/join",
    "/materials",
    "/organizers",
    "/conduct",
    "/about",
    "/help",
    "/agenda show",
    "/remind",
    "/settings",
    "/privacy",
]


def seen(stage: Stage, message: dict[str, Any] | None) -> str:
    assert message is not None
    return as_text(message, zone=stage.program.event.tz, now=stage.clock.now())


def first_line(stage: Stage, reply: Reply) -> str:
    return seen(stage, reply.message).splitlines()[0]


def without_as_of(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "As of" not in line)


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_lookup_answers_only_its_reader(stage: Stage, command: str) -> None:
    attendee, author = stage.sandbox.person("attendee"), stage.sandbox.person("author")
    reply = await attendee.command(command, channel="general")
    assert (reply.kind, reply.error) == ("message", None)
    assert reply.message is not None
    assert reply.message["flags"] == EPHEMERAL | COMPONENTS_V2
    assert author.sees("general") == []


async def test_all_commands_are_tried_here(stage: Stage) -> None:
    tried = {command.split()[0].removeprefix("/") for command in COMMANDS}
    # These have tests of their own: of posters in their threads, and for organizers.
    threads = {"ask", "questions", "author", "Collect as question", "Mark as answer"}
    conduct = {"report", "Report to the committee", "cases"}
    organizing = {"live", "mode", "program", "announce", "announcements", "deliveries", "audit", "setup", "qa"}
    assert tried | threads | conduct | organizing == {command.name for command in stage.client.tree.get_commands()}


async def test_what_is_found_beside_the_programme_opens_where_it_stands(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    for typed, chosen, opened in (
        ("harassment", "Code of conduct", "Code of conduct"),
        ("diversity", "Diversity", stage.program.event.name),
        ("livestream", "How to attend", "How to join DeLTa"),
        ("short paper", "Short paper", "How to submit to DeLTa"),
    ):
        found = (await attendee.command(f"/search text:{typed}", channel="general")).message
        assert found is not None
        reply = await attendee.choose(found, "Open", chosen)
        assert first_line(stage, reply) == opened


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/session name:poster session", ["Which session?", "Several match “poster session”."]),
        ("/poster title:yang song", ["No poster found", "Nothing matches “yang song”. These come nearest:"]),
        ("/posters topic:nonsense", ["No topic found", "Nothing matches “nonsense”. The topics are:"]),
        ("/posters text:" + "diffusion models " * 7, [f"Posters: “{' '.join(['diffusion models'] * 4)}”"]),
    ],
)
async def test_what_is_typed_is_asked_about_where_it_is_not_sure(stage: Stage, command: str, said: list[str]) -> None:
    reply = await stage.sandbox.person("attendee").command(command, channel="general")
    assert seen(stage, reply.message).splitlines()[: len(said)] == said


async def test_refresh_edits_the_same_message(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    first = (await attendee.command("/now")).message
    assert first is not None
    reply = await attendee.press(first, "Refresh")
    assert reply.kind == "update"
    assert reply.message is not None
    assert reply.message["id"] == first["id"]
    assert without_as_of(seen(stage, reply.message)) == without_as_of(seen(stage, first))


async def test_menu_and_buttons_lead_from_card_to_card(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    reply = await attendee.command("/speaker name:song")
    assert first_line(stage, reply) == "Which speaker?"
    assert reply.message is not None
    reply = await attendee.choose(reply.message, "pick", "Yang Song")
    assert first_line(stage, reply) == "Yang Song"


async def test_posters_page_on_to_single_posters_and_back(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    titles = [poster.title for poster in stage.program.posters]
    reply = await press_through(attendee, await attendee.command("/posters"), "More ›")
    assert reply.message is not None
    reply = await attendee.choose(reply.message, "pick", titles[10])
    assert first_line(stage, reply) == titles[10]
    assert reply.message is not None
    reply = await attendee.choose(reply.message, "pick", plain(f"Next: {titles[11]}", 100))
    assert first_line(stage, reply) == titles[11]
    assert reply.message is not None
    back = await attendee.choose(reply.message, "pick", "List of posters")
    assert titles[10] in seen(stage, back.message)


async def press_through(person: Person, reply: Reply, *labels: str) -> Reply:
    for label in labels:
        assert reply.message is not None
        reply = await person.press(reply.message, label)
    return reply


async def test_share_posts_for_everybody_without_private_links_and_is_remembered(stage: Stage) -> None:
    attendee, author = stage.sandbox.person("attendee"), stage.sandbox.person("author")
    private = await attendee.command("/join", channel="general")
    assert "livestream" in seen(stage, private.message)
    shared = await press_through(attendee, private, "Share")
    await shared.settled()
    (posted,) = author.sees("general")
    assert "livestream" not in str(posted)
    assert shared.messages[0]["content"].startswith("Shared: https://")
    (card,) = shared_cards.of_guild(stage.database.reader, stage.sandbox.world.guild.id)
    assert (card.message_id, card.lookup) == (int(posted["id"]), Lookup("join").encode())
    opened = await author.press(posted, "Open it for me")
    assert opened.message is not None
    assert opened.message["flags"] == EPHEMERAL | COMPONENTS_V2
    assert "livestream" in seen(stage, opened.message)


async def test_share_is_offered_only_where_the_reader_may_write(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    labels = {
        channel: seen(stage, (await attendee.command("/now", channel=channel)).message).splitlines()[-1]
        for channel in ("general", "announcements", "dm")
    }
    assert labels == {
        "general": "[Whole day]  [Refresh]  [Share]",
        "announcements": "[Whole day]  [Refresh]",
        "dm": "[Whole day]  [Refresh]",
    }


async def test_share_is_refused_where_the_right_was_taken_since(stage: Stage) -> None:
    attendee, author = stage.sandbox.person("attendee"), stage.sandbox.person("author")
    answered = await attendee.command("/now", channel="general")
    everyone = stage.sandbox.world.guild.id
    denied = Overwrite(everyone, OverwriteType.ROLE, deny=Permission.SEND_MESSAGES)
    stage.sandbox.world.channel_named("general").overwrites[everyone] = denied
    reply = await press_through(attendee, answered, "Share")
    assert seen(stage, reply.message).startswith("You cannot write in this channel")
    assert author.sees("general") == []


async def test_share_stops_after_a_few_a_minute(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    now = await attendee.command("/now", channel="general")
    for _ in range(3):
        await (await press_through(attendee, now, "Share")).settled()
    reply = await press_through(attendee, now, "Share")
    assert seen(stage, reply.message).startswith("You have shared several answers here just now. Try again in ")
    assert len(stage.sandbox.person("author").sees("general")) == 3


async def test_share_that_cannot_be_recorded_is_still_said_to_be_posted(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    now = await attendee.command("/now", channel="general")
    stage.database.close()
    reply = await press_through(attendee, now, "Share")
    await reply.settled()
    assert reply.messages[-1]["content"].startswith("Shared: https://")
    assert len(stage.sandbox.person("author").sees("general")) == 1


async def test_share_of_what_is_not_for_everybody_is_refused_and_uses_nothing_up(stage: Stage) -> None:
    organizer, attendee = stage.sandbox.person("organizer"), stage.sandbox.person("attendee")
    found = await organizer.command("/search text:reviewer bidding", channel="general")
    assert "Reviewer bidding (for reviewers)" in seen(stage, found.message)
    for _ in range(4):
        refused = await press_through(organizer, found, "Share")
        assert seen(stage, refused.message).startswith("Nothing was posted: what you see here is not meant for")
    assert attendee.sees("general") == []
    now = await organizer.command("/now", channel="general")
    await (await press_through(organizer, now, "Share")).settled()
    assert len(attendee.sees("general")) == 1


async def test_schedule_knows_today_and_tomorrow(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    assert first_line(stage, await attendee.command("/schedule day:today")) == "Mon 28 Apr 2025"
    tomorrow = await attendee.command("/schedule day:tomorrow")
    assert first_line(stage, tomorrow) == "Nothing on the schedule for Tuesday 29 April 2025"
    choices = await attendee.autocomplete("/schedule day:today")
    assert [choice.name for choice in choices] == ["Monday 28 April 2025"]


async def test_a_fault_of_ours_is_an_incident_with_a_number(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    stage.client.desk.commands = (None,)  # type: ignore[assignment]  # a fault that no input can cause
    reply = await attendee.command("/help")
    (incident,) = stage.client.incidents
    assert seen(stage, reply.message).endswith(f"tell an organizer this number: {incident}.")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("/speaker name:", "Nancy F. Chen"),
        ("/speaker name:song", "Dawn Song"),
        ("/speaker name:bortoli", "Valentin De Bortoli"),
        ("/session name:clos", "Closing Remarks"),
        ("/poster title:revresible", "A Reversible Solver for Diffusion SDEs"),
        ("/poster title:0gEFLVUL6n", "A Reversible Solver for Diffusion SDEs"),
        ("/posters topic:sampl", "Improved sampling schemes"),
        ("/posters session:15", "15:20 Poster/Break"),
        ("/schedule day:april", "Monday 28 April 2025"),
        ("/materials session:awards", "Awards"),
    ],
)
async def test_autocomplete_offers_first(stage: Stage, typed: str, first: str) -> None:
    choices = await stage.sandbox.person("attendee").autocomplete(typed)
    assert choices[0].name == first
    assert len(choices) <= 25


async def test_organizers_see_reviewers_dates_and_share_only_public_ones(stage: Stage) -> None:
    organizer, attendee = stage.sandbox.person("organizer"), stage.sandbox.person("attendee")
    reply = await organizer.command("/deadlines", channel="general")
    assert "for reviewers" in seen(stage, reply.message)
    await (await press_through(organizer, reply, "Share")).settled()
    assert "for reviewers" not in seen(stage, attendee.sees("general")[0])


async def test_lookups_work_in_a_direct_message(stage: Stage) -> None:
    reply = await stage.sandbox.person("attendee").command("/now", channel="dm")
    assert first_line(stage, reply) == "Now: Invited Talk 1"


async def test_a_button_of_another_release_is_answered(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    message = (await attendee.command("/now")).message
    assert message is not None
    world = stage.sandbox.world
    data = {"component_type": 2, "custom_id": "star:now"}
    kept = world.channel_named("general").messages[int(message["id"])]
    kept.data["components"][-1]["components"][0]["custom_id"] = "star:now"
    timed = await stage.sandbox.interact(
        world.person("attendee"), world.channel_named("general"), InteractionType.COMPONENT, data, message=kept
    )
    assert timed.outcome.message is not None
    assert timed.outcome.message.data["content"].startswith("This button is from another version of the bot.")
