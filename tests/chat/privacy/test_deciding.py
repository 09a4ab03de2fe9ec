"""/privacy from first look to nothing left: the real client, over HTTP and WebSocket, on a real database."""

import json
from collections.abc import AsyncIterator, Collection
from pathlib import Path
from typing import Any

import pytest

from bot.domain.privacy.retention import Term
from bot.sandbox import Person
from bot.sandbox_app import Stage
from bot.storage.privacy.holdings import HOLDINGS
from tests.chat.posters.authoring import claimed
from tests.chat.privacy.living import file_of, later, live, opened, public, said, standing, thread
from tests.chat.test_agenda import add, lines_of
from tests.chat.test_bot import press_through, seen
from tests.discord_schema import SchemaCheck
from tests.staging import on_stage

RULE = (
    "I store only what you do with me, and only for what stands here. Whoever runs this bot can read all of it. It is "
    "kept until 30 days after the event, where no other time stands."
)
_OTHER_TIMES = {
    Term.MESSAGES: ", for 30 days",
    Term.DRAFTS: ", for 7 days",
    Term.AUDIT: ", for 180 days",
    Term.CASES: ", until 365 days after a case was closed",
}


def only_once_used(but: Collection[str] = ()) -> list[str]:
    """A line for each kind of which nothing is stored."""
    kinds = [one for one in HOLDINGS if one.name not in but]
    rows = (f"{one.name}: {one.what}{_OTHER_TIMES.get(one.term, '')}" for one in kinds)
    return ["What I store only once you use it", RULE, *rows, "[Back]"]


NOTHING = [
    "What I store about you in this server",
    "Nothing now. I store only what you do with me: What could be stored lists it.",
    "[What could be stored]  [Get my data]",
]


@pytest.fixture
async def day(schema: SchemaCheck | None, tmp_path: Path) -> AsyncIterator[Stage]:
    """The DeLTa event, twelve minutes before a session of which people are reminded."""
    async with on_stage("2025-04-28T09:38", database=tmp_path / "usher.db", schema=schema) as stage:
        yield stage


async def test_whoever_did_nothing_learns_what_would_be_stored_and_leaves_no_trace(stage: Stage) -> None:
    person = stage.sandbox.person("attendee")
    assert lines_of(stage, await opened(person)) == NOTHING
    assert lines_of(stage, await opened(person, "What could be stored")) == only_once_used()
    assert lines_of(stage, await opened(person, "What could be stored", "Back")) == NOTHING
    assert [one["entries"] for one in (await file_of(person))["stored"]] == [[]] * len(HOLDINGS)
    assert standing(stage, str(person.user.id)) == set()


async def test_the_card_says_what_there_is_and_the_file_has_all_of_it(day: Stage) -> None:
    person, other = await live(day)
    kinds = [
        ("Agenda (2)", "What you added, for your list and your reminders.", "Seen by only you."),
        (
            "Reminders",
            "When and where you want them, for sending them as you chose.",
            "Seen by only you; and who reads the channel, if you chose to be mentioned there.",
        ),
        (
            "Settings",
            "In person or online, direct messages or not, and the roles you held last, for sending you what is for "
            "you.",
            "Seen by only you.",
        ),
        (
            "Direct messages (7)",
            "What I sent you or will send, and when, for sending it once, and for correcting it, for 30 days.",
            "Seen by only you; organizers see how many were sent.",
        ),
        (
            "Shared answers",
            "What you shared in a channel, for correcting it when the programme changes.",
            "Seen by everybody in the channel.",
        ),
        (
            "Visits",
            "At which posters you were, as you said, for finding those that you have not seen.",
            "Seen by only you.",
        ),
        (
            "Upvotes",
            "Which questions you upvoted, for counting one a person.",
            "Seen by nobody; everybody sees the number.",
        ),
        (
            "Questions (2)",
            "What you asked about posters, for getting you an answer.",
            "Seen by everybody; your name only if you show it, else by organizers alone.",
        ),
        (
            "Drafts",
            "Questions and answers that you wrote and that were not posted, for letting you change and send them, for "
            "7 days.",
            "Seen by only you.",
        ),
        ("Answers", "What you answered as an author, for those who asked.", "Seen by everybody, with your name."),
        (
            "Authorship",
            "Which posters are yours, and whether you got a role for it, for letting you answer, and taking the role "
            "back.",
            "Seen by organizers.",
        ),
        (
            "Direct channel",
            "Our direct conversation, as an author or as who asked without a name, for telling you of questions and "
            "answers there.",
            "Seen by only you.",
        ),
    ]
    assert lines_of(day, await opened(person)) == [
        "What I store about you in this server",
        "Only what you do with me. Kept until 30 days after the event, unless What and why says otherwise. "
        "Whoever runs this bot can read it.",
        *(f"- {name}" for name, *_ in kinds),
        "[Get my data]  [Delete my data]  [What and why]",
    ]
    assert lines_of(day, await opened(person, "What and why")) == [
        "What I store about you in this server, and why",
        RULE,
        *(line for kind in kinds for line in kind),
        "[What could be stored]  [Back]",
    ]
    names = {name.partition(" (")[0] for name, *_ in kinds}
    assert lines_of(day, await opened(person, "What and why", "What could be stored")) == only_once_used(names)
    await the_file_has_every_entry_and_of_nobody_else(day, person, other)


async def the_file_has_every_entry_and_of_nobody_else(day: Stage, person: Person, other: Person) -> None:
    found = await file_of(person)
    written = json.dumps(found)
    assert str(other.user.id) not in written
    assert (found["about"], found["holds"]) == (f"What is stored about you at {day.program.event.name}", "20 entries")
    poster = {"poster": day.program.posters[0].id, "poster_title": day.program.posters[0].title}
    asked = {**poster, "upvotes": 0}
    entries = {one["name"]: [without_times(e) for e in one["entries"]] for one in found["stored"] if one["entries"]}
    direct = [(entry["about"], entry["ids"]) for entry in entries.pop("Direct messages")]
    assert ("personal", ["closing"]) in direct
    ((shared, where),) = ((one["answer"].split(), one["channel"]) for one in entries.pop("Shared answers"))
    # Added within a millisecond, they are in no order.
    assert sorted(one.pop("id") for one in entries["Agenda"]) == ["closing", "invited-2"]
    titles = ("Closing Remarks", "Invited Talk 2")
    assert sorted(entries.pop("Agenda"), key=str) == [{"kind": "session", "title": title} for title in titles]
    assert sorted(shared) == ["Attendee", "agenda", "session:closing", "session:invited-2"]
    assert where == str(day.sandbox.world.channel_named("general").id)
    # Whoever is an author gets the event's role for that.
    (author_role,) = (one for one in day.sandbox.world.guild.roles.values() if one.name == "Author")
    assert entries == {
        "Reminders": [
            {
                "reminders": "on",
                "minutes_before": 10,
                "where": "dm",
                "agenda_each_morning": False,
                "direct_messages_found_closed": False,
                "direct_channel": person.dms()[0]["channel_id"],
            }
        ],
        "Settings": [
            {
                "attends": "in_person",
                "announcements_by_direct_message": False,
                "direct_messages_found_closed": False,
                "direct_channel": None,
                "roles": [str(author_role.id)],
            }
        ],
        "Visits": [poster],
        "Upvotes": [{**poster, "question": 3, "text": "How large was the batch in table two?"}],
        "Questions": [
            {
                **asked,
                "number": 1,
                "text": "Why does the first step converge?",
                "with_your_name": True,
                "state": "answered",
                "has_an_answer": True,
            },
            {
                **asked,
                "number": 2,
                "text": "Is there code that we can run?",
                "with_your_name": False,
                "state": "open",
                "has_an_answer": False,
            },
        ],
        "Drafts": [
            {
                **asked,
                "number": None,
                "text": "How large was the batch of table two?",
                "with_your_name": True,
                "state": "draft",
            }
        ],
        "Answers": [{**poster, "question": 3, "text": "It was 64.", "hidden": False}],
        "Authorship": [{**poster, "said_by_an_organizer": "no", "role_given": "yes"}],
        "Direct channel": [{"direct_channel": person.dms()[0]["channel_id"], "found_closed": 0}],
    }


def without_times(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if not name.endswith("_at") and name != "since"}


async def before_it_is_deleted_is_said_what_goes_and_what_loses_the_name(day: Stage, person: Person) -> None:
    asked = await opened(person, "Delete my data")
    assert lines_of(day, asked) == [
        "Delete your data in this server?",
        "This cannot be undone.",
        "What goes",
        "- Agenda (2): deleted",
        "- Reminders: off; what waits to be sent is cancelled",
        "- Settings: deleted",
        "- Direct messages (7): forgotten; what waits to be sent is cancelled",
        "- Visits: deleted",
        "- Upvotes: deleted; the numbers follow",
        "- Drafts: deleted",
        "- Authorship: deleted; a role that I gave you for it is taken back",
        "- Direct channel: deleted",
        "- Questions: deleted, without an answer or withdrawn",
        "What loses your name",
        "- Shared answers: they stay in their channel",
        "- Questions: with an answer they stay",
        "- Answers: they stay",
        "Messages in channels are changed within minutes, my daily backup within a day. Discord keeps what I sent you "
        "directly: close that conversation to hide it.",
        "[Delete it]  [Keep it]",
    ]
    before = standing(day, str(person.user.id))
    assert lines_of(day, await press_through(person, asked, "Keep it"))[0] == "What I store about you in this server"
    assert standing(day, str(person.user.id)) == before


async def test_afterwards_nobody_is_found_in_the_database_or_in_a_message(day: Stage) -> None:
    person, other = await live(day)
    name, another = f"<@{person.user.id}>", f"<@{other.user.id}>"
    places = ("schedule", "general", thread(day))
    assert [name in "\n".join(said(day, other, place)) for place in places] == [True, False, True]
    assert said(day, other, "general")[0].startswith("Agenda of Attendee")
    await before_it_is_deleted_is_said_what_goes_and_what_loses_the_name(day, person)
    reply = await opened(person, "Delete my data", "Delete it")
    assert lines_of(day, reply)[:2] == [
        "Your data is deleted",
        "Messages that show your name are changed within minutes.",
    ]
    await later(day)
    assert (standing(day, str(person.user.id)), standing(day, "Attendee")) == (set(), set())
    assert said(day, other, "schedule")[-1].splitlines()[-1] == (
        "Join: Workshop website <https://delta-workshop.github.io/>"
    )
    assert said(day, other, "general")[0].splitlines()[0] == "Agenda"
    assert said(day, other, thread(day))[1:] == [
        "✅ Question 1: Why does the first step converge?\nAsked by somebody · answered by " + another,
        "~~Question 2~~ was withdrawn by whoever asked it.",
        f"✅ Question 3: How large was the batch in table two?\nAsked by {another} · answered by an author",
        f"💬 Answer to question 1 by {another}:\n> Because it is convex.",
        f"💬 Answer to question 3 by an author:\n> It was 64.\nFor {another}",
    ]
    upvote = public(day, other, thread(day))[3]["components"][0]["components"][0]["label"]
    assert upvote == "Upvote · 0"
    assert lines_of(day, await press_through(person, reply, "What is stored now")) == NOTHING


async def test_an_author_is_mentioned_in_no_thread_any_more(day: Stage) -> None:
    """Not where the question whether they are at their board stands already, either."""
    person, other = day.sandbox.person("author"), day.sandbox.person("attendee")
    await press_through(person, await claimed(day, person), "Mention me in the thread")
    session = day.program.sessions_of(day.program.posters[0])[0]
    await later(day, int((session.start - day.clock.now()).total_seconds()))
    asked = said(day, other, thread(day))[1:]
    assert [text.splitlines()[-1] for text in asked] == [f"For <@{person.user.id}>"] * 2
    await opened(person, "Delete my data", "Delete it")
    await later(day)
    assert said(day, other, thread(day))[1:] == ["~~A message to one of the authors~~ was taken back."] * 2
    questions = await other.press(public(day, other, thread(day))[-1], "All questions")
    assert lines_of(day, questions)[0].startswith("Questions")
    assert standing(day, str(person.user.id)) == set()


async def test_what_was_to_be_sent_does_not_come_and_the_others_get_theirs(day: Stage) -> None:
    person, other = day.sandbox.person("attendee"), day.sandbox.person("author")
    for one in (person, other):
        await add(one, "/session name:invited-2")
        await (await one.command("/remind switch:on lead:5 minutes before digest:no", channel="general")).settled()
    await opened(person, "Delete my data", "Delete it")
    await later(day, 600)
    firsts = [[seen(day, message).splitlines()[0] for message in one.dms()[1:]] for one in (person, other)]
    assert [[first.partition(" · ")[0] for first in one] for one in firsts] == [[], ["⏰ Invited Talk 2"]]
    assert (await file_of(other))["holds"] == "3 entries"


async def test_delete_pressed_again_says_that_there_is_nothing(stage: Stage) -> None:
    person = stage.sandbox.person("attendee")
    await add(person, "/session name:closing")
    first, second = [await opened(person, "Delete my data") for _ in range(2)]
    await press_through(person, first, "Delete it")
    assert lines_of(stage, await press_through(person, second, "Delete it"))[:2] == [
        "Nothing was deleted",
        "Nothing was stored about you here that you could delete.",
    ]


async def test_an_organizer_learns_what_stays_and_why(stage: Stage) -> None:
    person = stage.sandbox.person("organizer")
    delay = await person.command("/live delay session:Invited Talk 3 minutes:20", channel="organizers")
    await (await press_through(person, delay, "Apply")).settled()
    asked = await opened(person, "Delete my data")
    assert lines_of(stage, asked) == [
        "Nothing to delete",
        "Nothing is stored about you here that you could delete.",
        "What stays, and why",
        "- Conduct committee: until 30 days after the event, since it ends when you leave the committee",
        "- Organizers' acts (2): for 180 days, since organizers answer for what they do",
        "[Back]",
    ]
    assert standing(stage, str(person.user.id)) == {
        *("audit.actor_id", "live_edit.edited_by", "conduct_committee.user_id")
    }


async def test_it_works_in_a_direct_message(stage: Stage) -> None:
    person = stage.sandbox.person("attendee")
    await add(person, "/session name:closing")
    asked = await press_through(person, await person.command("/privacy", channel="dm"), "Delete my data", "Delete it")
    assert lines_of(stage, asked) == [
        "Your data is deleted",
        "Messages that show your name are changed within minutes.",
        "- Agenda: deleted",
        "Only you see this.",
        "[What is stored now]",
    ]
    assert standing(stage, str(person.user.id)) == set()
