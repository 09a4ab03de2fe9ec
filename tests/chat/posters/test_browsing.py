"""Posters as one person browses them: what they visited, what is most asked, what is in their agenda."""

from bot.sandbox_app import Stage
from tests.chat.posters.asking import ask, person, press, rows, thread
from tests.chat.test_bot import seen


async def listed(stage: Stage, show: str, name: str = "attendee", more: str = "") -> list[str]:
    return rows(stage, await person(stage, name).command(f"/posters {more} show: {show}"))


async def test_what_somebody_visited_leaves_the_list_of_what_they_did_not(stage: Stage) -> None:
    titles = [poster.title for poster in stage.program.posters]
    assert (await listed(stage, "not visited yet"))[:2] == ["Posters you have not visited", titles[0]]
    opened = await person(stage, "attendee").command(f"/poster title: {stage.program.posters[0].id}")
    assert opened.message is not None
    said = await press(stage, "attendee", opened.message, "I was here")
    assert rows(stage, said) == [f"You visited {titles[0]}.", "121 posters to go."]
    assert (await listed(stage, "not visited yet"))[:2] == ["Posters you have not visited", titles[1]]
    assert (await listed(stage, "visited"))[1] == titles[0]
    assert (await listed(stage, "not visited yet", "speaker"))[1] == titles[0]


async def test_a_visit_is_noted_from_the_thread_once_and_can_be_taken_back(stage: Stage) -> None:
    await ask(stage)
    start = thread(stage)[0]
    said = [rows(stage, await press(stage, "speaker", start, "I was here"))[0] for _ in range(2)]
    last = await press(stage, "speaker", start, "I was here")
    assert last.message is not None
    back = await press(stage, "speaker", last.message, "Take it back")
    title = stage.program.posters[0].title
    assert [*said, rows(stage, back)[0]] == [
        f"You visited {title}.",
        f"You visited {title} before.",
        f"{title} is no longer marked as visited.",
    ]


async def test_the_most_asked_come_first_with_their_numbers(stage: Stage) -> None:
    one, other = (poster.id for poster in stage.program.posters[4:6])
    await ask(stage, "Which data did you train on?", poster=one)
    await ask(stage, "How long does training take?", poster=other)
    await ask(stage, "Is there code to try?", "speaker", poster=other)
    shown = await listed(stage, "most asked")
    assert shown[:2] == ["Posters, the most asked first", stage.program.posters[5].title]
    assert shown[2].endswith("2 questions, 0 upvotes")
    assert shown[3] == stage.program.posters[4].title


async def test_the_posters_of_ones_agenda_are_a_list_that_can_be_filtered(stage: Stage) -> None:
    poster = stage.program.posters[7]
    opened = await person(stage, "attendee").command(f"/poster title: {poster.id}")
    assert opened.message is not None
    await press(stage, "attendee", opened.message, "Add to my agenda")
    topic = stage.program.topic_by_id[poster.topics[0]].name
    other = next(item.name for item in stage.program.topics if item.id not in poster.topics)
    assert (await listed(stage, "in my agenda", more=f"topic: {topic}"))[1] == poster.title
    assert (await listed(stage, "in my agenda", more=f"topic: {other}"))[1] == (
        "None yet. Open a poster and press “Add to my agenda”."
    )


async def test_pages_of_the_list_are_turned_in_place(stage: Stage) -> None:
    first = await person(stage, "attendee").command("/posters show: not visited yet")
    assert first.message is not None
    second = await press(stage, "attendee", first.message, "More ›")
    assert seen(stage, second.message).splitlines()[2] == stage.program.posters[10].title


async def test_no_list_of_posters_counts_their_questions(stage: Stage) -> None:
    await ask(stage)
    read: list[str] = []
    stage.database.reader.conn.set_trace_callback(read.append)
    shown = [await listed(stage, which) for which in ("most asked", "not visited yet")]
    stage.database.reader.conn.set_trace_callback(None)
    assert [rows[2].endswith("1 question, 0 upvotes") for rows in shown] == [True, True]
    assert [query for query in read if "FROM question" in query] == []
