"""Lines typed in the sandbox: what a step in time means, and what the bot said meanwhile."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import UsherError
from bot.sandbox_app import Stage
from bot.sandbox_try import Trial, instant_after, try_lines
from tests.staging import NINE_TWENTY

VANCOUVER = ZoneInfo("America/Vancouver")
BASE = datetime.fromisoformat("2025-04-28T09:20-07:00")


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("+15m", "2025-04-28T09:35-07:00"),
        ("+90m", "2025-04-28T10:50-07:00"),
        ("+2h", "2025-04-28T11:20-07:00"),
        ("+1H30m", "2025-04-28T10:50-07:00"),
        ("+1d", "2025-04-29T09:20-07:00"),
        ("+0m", "2025-04-28T09:20-07:00"),
        ("11:05", "2025-04-28T11:05-07:00"),
        ("09:20", "2025-04-28T09:20-07:00"),
        ("9:19", "2025-04-29T09:19-07:00"),
        ("2025-04-28T11:05", "2025-04-28T11:05-07:00"),
        ("2025-04-28T18:05Z", "2025-04-28T11:05-07:00"),
        ("2025-04-28T20:05+02:00", "2025-04-28T11:05-07:00"),
    ],
)
def test_step_leads_to_an_instant(step: str, expected: str) -> None:
    assert instant_after(step, BASE, VANCOUVER) == datetime.fromisoformat(expected)


NEITHER = "is neither a command nor a time. Write /now, +15m, +2h, +1d, 11:05,"


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("now", f"now {NEITHER}"),
        ("+", f"+ {NEITHER}"),
        ("+15", f"+15 {NEITHER}"),
        ("15m", f"15m {NEITHER}"),
        ("24:00", f"24:00 {NEITHER}"),
        ("2025-04-28T09:19", "The clock only goes forward, and it is 2025-04-28T09:20 at the venue."),
        ("2099-01-01", "2099-01-01 is too far away: message ids hold the years 2016 to 2080."),
    ],
)
def test_step_that_cannot_be_says_why(step: str, said: str) -> None:
    with pytest.raises(UsherError) as refused:
        instant_after(step, BASE, VANCOUVER)
    assert str(refused.value)[: len(said)] == said


@pytest.mark.parametrize("typed", ["02:30", "2025-03-09T02:30"])
def test_time_that_the_wall_skips_is_refused(typed: str) -> None:
    # In Vancouver the clocks went from 02:00 to 03:00 on 9 March 2025.
    night = datetime.fromisoformat("2025-03-09T01:00-08:00")
    with pytest.raises(UsherError, match=r"02:30 on 2025-03-09 does not exist in America/Vancouver"):
        instant_after(typed, night, VANCOUVER)


async def test_start_at_a_time_that_the_wall_has_not_or_has_twice_is_refused() -> None:
    for at, said in (("2025-03-09T02:30", "does not exist"), ("2025-11-02T01:30", "happens twice")):
        with pytest.raises(UsherError, match=said):
            await try_lines(["/now"], person="attendee", event="delta-2025", at=at)


async def test_a_title_that_several_sessions_bear_is_asked_about() -> None:
    (outcome,) = await try_lines(["/session name:Poster/Break"], person="attendee", event="delta-2025", at=NINE_TWENTY)
    assert outcome.as_text().splitlines()[1:3] == ["Which session?", "Several match “Poster/Break”."]


def told(posted: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Channel, time, and the first word of what is told: it names the session or says what is meant."""
    return [(one["channel"], one["at"], one["message"]["content"].split("**")[1]) for one in posted]


async def test_time_passes_between_commands_and_what_was_posted_is_told_once() -> None:
    lines = ["+10m", "/now", "9:35", "09:36"]
    outcomes = await try_lines(lines, person="attendee", event="delta-2025", at=NINE_TWENTY)
    quiet, now, reminded, again = (outcome.as_json() for outcome in outcomes)
    assert (quiet["posted"], quiet["now"][:16], quiet["error"]) == ([], "2025-04-28T16:30", None)
    assert now["error"] is None
    assert told(reminded["posted"]) == [("#schedule", reminded["posted"][0]["at"], "Invited Talk 2")]
    assert reminded["posted"][0]["at"][:16] == "2025-04-28T16:35"
    assert again["posted"] == []
    assert outcomes[2].as_text().splitlines()[:3] == [
        "> 9:35",
        "It is Mon 28 April 09:35 at the venue.",
        "[Mon 09:35] #schedule",
    ]
    assert "@Reminders" in outcomes[2].as_text().splitlines()


async def test_line_that_fails_does_not_stop_the_others() -> None:
    outcomes = await try_lines(["soon", "/nwo", "+1m"], person="attendee", event="delta-2025", at=NINE_TWENTY)
    assert [bool(outcome.error) for outcome in outcomes] == [True, True, False]


async def test_edited_and_shared_messages_are_told_where_they_change(stage: Stage) -> None:
    trial = Trial(stage, stage.sandbox.person("attendee"))
    await trial.line("09:35")
    (posted,) = stage.sandbox.person("author").sees("schedule")
    channel = stage.client.get_channel(int(posted["channel_id"]))
    await channel.get_partial_message(int(posted["id"])).edit(content="**Invited Talk 2** moved")  # type: ignore[union-attr]  # a text channel
    (edited,) = (await trial.line("+0m")).as_json()["posted"]
    assert (edited["channel"], edited["edited"], edited["message"]["content"]) == (
        "#schedule",
        True,
        "**Invited Talk 2** moved",
    )


async def test_an_attendee_is_not_told_what_organizers_read(stage: Stage) -> None:
    attendee, organizer = (Trial(stage, stage.sandbox.person(name)) for name in ("attendee", "organizer"))
    private = stage.client.get_channel(stage.sandbox.world.channel_named("organizers").id)
    await private.send("Among us")  # type: ignore[union-attr]  # a text channel
    said = [(await trial.line("+0m")).as_json()["posted"] for trial in (attendee, organizer)]
    assert [[one["message"]["content"] for one in posted] for posted in said] == [[], ["Among us"]]


async def test_a_form_that_opens_is_told_with_its_fields() -> None:
    (outcome,) = await try_lines(["/announce"], person="organizer", event="delta-2025", at=NINE_TWENTY)
    assert outcome.as_text().splitlines() == [
        "> /announce",
        "A form opened: Write an announcement",
        "[Title] (required): The line that phones show",
        "[Text]: Up to 1,300 characters",
        "[Link]",
        "[A picture (optional)]: PNG, JPEG, GIF or WebP, up to 8 MB",
        "[What the picture shows]: For people who do not see it. Needed with a picture",
        "To fill in forms and press buttons: usher sandbox",
    ]
    stored = outcome.as_json()
    assert (stored["messages"], stored["error"]) == ([], None)
    assert stored["modal"]["title"] == "Write an announcement"
