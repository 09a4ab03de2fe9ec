"""The lines of the audit trail: who did what, in words that ping nobody."""

import pytest

from bot.chat.render.audit import WORDS, act_line
from bot.domain.audit import ActKind, Entry, Outcome
from tests.chat.samples import NINE

LOOKS = {
    *(ActKind.SEE_DELIVERIES, ActKind.SEE_AUDIT, ActKind.SEE_UNANSWERED, ActKind.SEE_AUTHORS),
    ActKind.SEE_CASES,
}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (Entry(NINE, 7, ActKind.CHANGE_SESSION, "Lunch", detail="cancelled"), "📝 <@7> changed **Lunch**: cancelled"),
        (Entry(NINE, 7, ActKind.SETUP, "the server"), "📝 <@7> set up **the server**."),
        (
            Entry(NINE, None, ActKind.PUBLISH, "Small", detail="by usher publish; 1 change"),
            "📝 **Small** was published: by usher publish; 1 change",
        ),
        (
            Entry(NINE, 7, ActKind.SEE_AUDIT, "/audit", Outcome.REFUSED),
            "🚫 <@7> tried /audit, without the right to do that. It was refused.",
        ),
        (
            Entry(NINE, 7, ActKind.PUBLISH, "a button of /program reload", Outcome.FAILED, "incident ab12cd"),
            "⚠️ <@7> tried a button of /program reload, and the bot failed: incident ab12cd",
        ),
        (
            Entry(NINE, 7, ActKind.CHANGE_SESSION, "**@everyone**", detail="Why: <@9>\n# and more"),
            "📝 <@7> changed **\\*\\*@\u200beveryone\\*\\***: Why: \\<@\u200b9\\> # and more",
        ),
    ],
)
def test_a_line(entry: Entry, said: str) -> None:
    assert act_line(entry) == said


def test_a_long_line_is_cut() -> None:
    assert len(act_line(Entry(NINE, 7, ActKind.PUBLISH, "x" * 500, detail="y" * 900))) < 450


def test_every_act_has_its_words() -> None:
    assert set(WORDS) == set(ActKind) - LOOKS
