"""What is said of a case and of a reported message, whatever that was; and how a case goes."""

from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from bot.chat.conduct.cards import own
from bot.chat.conduct.committee_cards import case_card
from bot.chat.conduct.reported import beside
from bot.chat.conduct.ways import NO_THREAD, way_of
from bot.chat.render.notices.conduct import step
from bot.chat.render.notices.message import CONTENT_MOST, Besides, Context
from bot.domain.conduct.case import TEXT_MOST, Case, Entry, Stage, Step, Way
from bot.domain.people import Group
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.formats.case_record import as_data, as_markdown
from tests.chat.samples import at, program

CASE = Case(1, 412, "x", "", "", (), None, 77, None, Stage.READ, Way.THREAD, None, at(0))
#: As long as ids are on Discord; more people than are called.
PEOPLE = tuple(661720242585600000 + one for one in range(12))


def test_a_long_step_leaves_room_for_everybody_who_is_called() -> None:
    """Escaped, a text may be twice as long."""
    entry = Entry(1, Step.ANSWERED, None, "*" * TEXT_MOST, at(1))
    about = Besides(case=CASE, step=entry, mentioned=PEOPLE)
    facts = Facts(NoticeKind.CASE_STEP, ("412", "1"))
    said = step(Context(program(), facts, at(1), Group.PUBLIC, "case/412", besides=about))
    assert said is not None
    assert said.people == PEOPLE[:10]
    assert said.content.endswith(" ".join(f"<@{one}>" for one in PEOPLE[:10]))
    assert len(said.content) <= CONTENT_MOST


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ((), ""),
        (("embeds",), "(It also showed embeds.)"),
        (("message_snapshots", "stickers"), "(It also showed a forwarded message and stickers.)"),
    ],
)
def test_what_a_reported_message_shows_beside_its_text_is_named(shown: tuple[str, ...], said: str) -> None:
    kinds = ("message_snapshots", "stickers", "embeds")
    message: Any = SimpleNamespace(**{kind: [kind] if kind in shown else [] for kind in kinds})
    assert beside(message) == said


@pytest.mark.parametrize("guild", [None, SimpleNamespace(unavailable=True)], ids=["left", "an outage"])
def test_where_nothing_is_known_of_the_server_a_case_goes_directly(guild: Any) -> None:
    assert way_of(guild, program(), [], unknown=False) == (Way.DIRECT, NO_THREAD)


def test_that_nobody_was_reached_is_shown_to_the_committee_nowhere() -> None:
    """Whoever reported does not count: it would tell whether that is one of them."""
    read, unheard = (Entry(id_, one, None, "", at(1)) for id_, one in ((1, Step.READ), (2, Step.UNHEARD)))
    event, now = program().event, at(2)

    def shown(*log: Entry) -> tuple[object, ...]:
        return case_card(CASE, log, None, now), as_markdown(CASE, log, event, now), as_data(CASE, log, now)

    assert shown(read, unheard) == shown(read)
    assert shown(unheard) == shown()
    facts = Facts(NoticeKind.CASE_STEP, ("412", "2"))
    about = Besides(case=CASE, step=unheard)
    assert step(Context(program(), facts, now, Group.PUBLIC, "case/412", besides=about)) is None


@pytest.mark.parametrize("unheard", [True, False])
@pytest.mark.parametrize("heard", [True, False])
@pytest.mark.parametrize("late", [True, False])
def test_to_whoever_reported_a_case_that_nobody_read_says_one_thing(late: bool, heard: bool, unheard: bool) -> None:
    """What was promised, that it was not kept, or that nobody could: each alone."""
    log = [Entry(1, Step.UNHEARD, None, "", at(1))] if unheard else []
    now = at(24 * 60) if late else at(24 * 60 - 1)
    text = "\n".join(own(replace(CASE, stage=Stage.OPEN), log, program().texts, now, heard=heard).texts)
    said = ("reads it within 24 hours", "has read it in time", "called the committee once more", "Nobody reads it yet")
    over = heard and late
    assert [part in text for part in said] == [heard and not late, over, over and not unheard, not heard]
    assert ("could not reach anybody" in text) == (unheard and not heard)
    assert ("/conduct says whom else" in text) == (late or not heard)
