"""The record of a case, for people and for programs."""

from datetime import UTC, datetime

from bot.domain.conduct.case import Case, Person, Quoted, Stage, Way
from bot.formats.case_record import as_data, as_markdown
from tests.chat.samples import program

NOW = datetime(2025, 4, 28, 16, 20, tzinfo=UTC)


def test_whoever_reports_their_own_message_without_a_name_is_found_by_no_link() -> None:
    """Neither is there a place for one."""
    message = Quoted(Person(0, "somebody"), "Stop that", "", NOW)
    case = Case(1, 412, "x", "", "", (), message, 77, None, Stage.OPEN, Way.THREAD, None, NOW)
    written = as_markdown(case, (), program().event, NOW)
    rows = written.partition("## The message that was reported\n\n")[2].splitlines()
    assert rows[0].startswith("By somebody, ")
    assert rows[:3] == [rows[0].rstrip(", "), "", "> Stop that"]
    assert as_data(case, (), NOW)["message"]["link"] == ""
