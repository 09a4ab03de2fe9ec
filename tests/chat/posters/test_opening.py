"""An organizer has the threads of all posters opened; the posts follow the programme."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from bot.actions.posters.follow_posters import follow_posters
from bot.actions.posters.open_posters import foresee_opening
from bot.sandbox import Exchange
from bot.sandbox.building import tag
from bot.sandbox.permissions import Permission
from bot.sandbox_app import Stage
from bot.storage import audit
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Op, State
from tests.chat.in_force import put_in_force
from tests.chat.organizing.test_live import organizer
from tests.chat.posters.asking import ask, buttons, first_poster, posted, press, rows, thread
from tests.chat.test_bot import seen
from tests.faults.delivered import until


def posts(stage: Stage) -> dict[str, list[str]]:
    """The names of the posts that there are, with their tags."""
    (forum,) = (one for one in stage.sandbox.world.channels.values() if one.name == "posters")
    names = {int(tag["id"]): tag["name"] for tag in forum.available_tags}
    return {
        one.name: [names[tag] for tag in one.thread.applied_tags]
        for one in stage.sandbox.world.channels.values()
        if one.thread
    }


def retagged(stage: Stage) -> Callable[[], int]:
    """How often the forum's tags were changed, from here on."""
    (forum,) = (one for one in stage.sandbox.world.channels.values() if one.name == "posters")
    seen_requests: list[Exchange] = []
    stage.sandbox.observers.append(seen_requests.append)
    return lambda: sum(one.method == "PATCH" and one.path.endswith(str(forum.id)) for one in seen_requests)


async def test_the_first_posts_get_tags_beside_those_made_by_hand(stage: Stage) -> None:
    (forum,) = (one for one in stage.sandbox.world.channels.values() if one.name == "posters")
    first, second = stage.program.posters[:2]
    topics = [stage.program.topic_by_id[topic].short for topic in first.topics]
    # Made a moment ago, so that the bot has not heard of them: one of its own, and one of a topic.
    forum.available_tags += [tag(stage.sandbox.world, name) for name in ("By hand", topics[0].upper())]
    by_hand, changed = list(forum.available_tags), retagged(stage)
    for poster in (first, second):
        await ask(stage, poster=poster.id)
    assert forum.available_tags[:2] == by_hand
    assert [name.casefold() for name in posts(stage)[first.title]] == [name.casefold() for name in topics]
    assert sorted(posts(stage)[second.title]) == sorted(stage.program.topic_by_id[one].short for one in second.topics)
    assert changed() == 1


async def test_posts_are_opened_without_tags_where_discord_takes_none(stage: Stage) -> None:
    changed = retagged(stage)
    stage.sandbox.faults.status(400, f"/channels/{forum(stage)}$", method="PATCH", code=50035, times=None)
    for poster in stage.program.posters[:2]:
        await ask(stage, poster=poster.id)
    assert (list(posts(stage).values()), changed()) == ([[], []], 1)
    # An organizer who has all of them opened reads of it.
    shown = await organizer(stage).command("/qa open", channel="organizers")
    done = await (await organizer(stage).press(shown.message or {}, "Open them")).settled()
    assert rows(stage, done)[-1].endswith("by topic: Discord refused them. Add them by hand.")


@pytest.mark.matrix
async def test_posts_are_opened_without_tags_where_the_bot_may_add_none(stage: Stage) -> None:
    changed = retagged(stage)
    for one in stage.sandbox.world.guild.members[stage.sandbox.world.bot.id].role_ids:
        stage.sandbox.world.guild.roles[one].permissions &= ~Permission.MANAGE_CHANNELS
    for poster in stage.program.posters[:2]:
        await ask(stage, poster=poster.id)
    assert (list(posts(stage).values()), changed()) == ([[], []], 1)


async def test_what_it_comes_to_is_shown_before_anything_is_opened(stage: Stage) -> None:
    await ask(stage)
    shown = await organizer(stage).command("/qa open", channel="organizers")
    assert rows(stage, shown)[:4] == [
        "121 threads to open",
        f"In <#{forum(stage)}>, one for each poster.",
        "1 poster has one already.",
        "Discord takes about 15 min for that. Nobody is notified.",
    ]
    assert len(posts(stage)) == 1


def forum(stage: Stage) -> int:
    return stage.sandbox.world.channel_named("posters").id


async def test_they_are_opened_with_their_topics_as_fast_as_discord_lets_them(stage: Stage) -> None:
    guild = stage.sandbox.world.guild.id
    shown, other = [await organizer(stage).command("/qa open", channel="organizers") for _ in range(2)]
    assert shown.message is not None
    done = await (await organizer(stage).press(shown.message, "Open them")).settled()
    assert rows(stage, done) == [
        "122 threads are being opened",
        f"In <#{forum(stage)}>. Discord takes about 15 min. Nobody is notified.",
    ]
    assert other.message is not None
    again = await (await organizer(stage).press(other.message, "Open them")).settled()
    assert rows(stage, again)[1].startswith(f"In <#{forum(stage)}>. Discord takes about 15 min")
    # The server lets 50 be opened in five minutes: ten are left for whom somebody asks about.
    await until(lambda: len(posts(stage)) == 40, within=40)
    await until(lambda: foresee_opening(stage.database.reader, guild, stage.program).there == 40)
    look = await organizer(stage).command("/qa open", channel="organizers")
    assert rows(stage, look)[:2] == [
        "Threads being opened: 40 of 122",
        f"In <#{forum(stage)}>. Discord takes about 15 min for the rest. Nobody is notified.",
    ]
    assert buttons(look.message) == []
    first = stage.program.posters[0]
    assert sorted(posts(stage)[first.title]) == sorted(stage.program.topic_by_id[topic].short for topic in first.topics)
    (entry,) = audit.newest(stage.database.reader, guild, skip=0, most=9)
    assert (entry.act, entry.about) == ("open_posters", "the threads of 122 posters")


async def test_a_question_waits_for_no_thread_that_nobody_asked_about(stage: Stage) -> None:
    shown = await organizer(stage).command("/qa open", channel="organizers")
    assert shown.message is not None
    await (await organizer(stage).press(shown.message, "Open them")).settled()
    last = stage.program.posters[-1]
    modal = (await stage.sandbox.person("attendee").command(f"/ask poster title: {last.id}")).modal
    assert modal is not None
    await stage.sandbox.person("attendee").submit(modal, {"text": "Is there code?"})
    await until(lambda: last.title in posts(stage), within=40)


async def test_only_organizers_open_them(stage: Stage) -> None:
    await ask(stage)
    shown = await organizer(stage).command("/qa open", channel="organizers")
    assert shown.message is not None
    button = shown.message["components"][-1]["components"][0]["custom_id"]
    message = thread(stage)[1]
    stored = stage.sandbox.world.channels[int(message["channel_id"])].messages[int(message["id"])]
    stored.data["components"][0]["components"][0]["custom_id"] = button
    refused = await press(stage, "speaker", thread(stage)[1], "Upvote")
    assert seen(stage, refused.message).startswith("Only organizers open the threads of posters.")


async def test_the_post_of_a_poster_says_what_the_programme_says_by_now(stage: Stage) -> None:
    await ask(stage)
    before, guild = stage.program, stage.sandbox.world.guild.id
    moved = tuple(
        replace(one, start=one.start + timedelta(minutes=30), end=one.end + timedelta(minutes=30))
        if one in before.poster_sessions
        else one
        for one in before.sessions
    )
    after = replace(before, sessions=moved)
    await put_in_force(stage, after)
    now = stage.clock.now()
    number = await stage.database.write(lambda tables: follow_posters(tables, guild, before, after, now))
    stage.worker.wake()
    await posted(stage)
    assert (number, first_poster(stage)) == (1, before.posters[0].id)
    assert "(venue 11:00–11:50)" in seen(stage, thread(stage)[0])


def _says(stage: Stage, text: str) -> bool:
    """Whether the first poster's post begins with a text that has this in it."""
    return text in seen(stage, thread(stage)[0])


async def test_a_post_is_called_as_its_poster_and_nothing_waits_for_its_name(stage: Stage) -> None:
    await ask(stage)
    program, guild = stage.program, stage.sandbox.world.guild.id
    first = program.posters[0]
    for number in (1, 2, 3):
        renamed = replace(first, title=f"Title {number}")
        after = replace(program, posters=(renamed, *program.posters[1:]))
        await put_in_force(stage, after)
        change = partial(follow_posters, guild_id=guild, before=program, after=after, now=stage.clock.now())
        await stage.database.write(change)
        stage.worker.wake()
        await until(partial(_says, stage, f"📌 Title {number}"))
        if number < 3:
            await posted(stage)
            assert list(posts(stage)) == [f"Title {number}"]
        program = after
    # The third name within ten minutes: Discord asks to wait, and it is tried again later.
    (row,) = (one for one in outbox.of_guild(stage.database.reader, guild) if one.op is Op.RENAME)
    await until(lambda: outbox.by_ids(stage.database.reader, guild, [str(row.id)])[0].last_error is not None)
    (row,) = outbox.by_ids(stage.database.reader, guild, [str(row.id)])
    assert (row.state, row.last_error, list(posts(stage))) == (State.QUEUED, "Discord asks to wait", ["Title 2"])
    opened = await stage.sandbox.person("attendee").command(f"/ask poster title: {first.id}")
    assert opened.modal is not None
    await stage.sandbox.person("attendee").submit(opened.modal, {"text": "Is there code for it?"})
    await until(lambda: "Is there code for it?" in seen(stage, thread(stage)[-1]))
