"""Questions and answers as files: escaped, safe in a spreadsheet, whole."""

import csv
import io
import json
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bot.domain.posters.export import Export, ExportedAnswer, ExportedPoster, ExportedQuestion
from bot.formats.qa import COLUMNS, Format, parts, written
from tests.chat.samples import at

THREAD, MESSAGE, PAGE = (
    "https://discord.com/channels/7/8",
    "https://discord.com/channels/7/8/9",
    "https://paper.example",
)
ANSWER = ExportedAnswer("Ben | B.", "First.\n\nThen *second*.", at(30))
ASKED = ExportedQuestion(3, "Ana", "Why?", 4, at(3), True, (ANSWER, replace(ANSWER, by="Cy", text="Yes.")), MESSAGE)
WAITING = ExportedQuestion(5, "somebody", '=HYPERLINK("https://evil.example","x")', 1, at(5), False)
POSTER = ExportedPoster("p2", "One | two\n# three", ("Ana", "B_en"), "4-28", PAGE, THREAD, (ASKED, WAITING))
EXPORT = Export("small", "Small [Workshop]", ZoneInfo("America/Vancouver"), at(60), (POSTER,))

MARKDOWN = r"""# Questions and answers: Small \[Workshop\]

2 questions about 1 poster, 1 without an answer. As of 2025-04-28 10:00. Times are the venue's (America/Vancouver).

Who asked without a name stays unnamed. Who did not want to be in exports is left out, and so is what was withdrawn or hidden.

## Without an answer

- Question 5 (1 upvote) about One \| two \# three: =HYPERLINK\("<https://evil.example>","x"\)

## One \| two \# three

Ana, B\_en · Board 4\-28 · Paper: <https://paper.example> · Thread: <https://discord.com/channels/7/8>

### Question 3 · 4 upvotes

> Why?

Asked by Ana, 2025-04-28 09:03 · <https://discord.com/channels/7/8/9>

**Answer** by Ben \| B., 2025-04-28 09:30:

> First.  
> Then \*second\*.

**Answer** by Cy, 2025-04-28 09:30:

> Yes.

### Question 5 · 1 upvote

> =HYPERLINK\("<https://evil.example>","x"\)

Asked by somebody, 2025-04-28 09:05

*No answer yet.*
"""  # noqa: E501, W291  # a line of the file is as long as it is; two spaces end a line in Markdown


def cells(export: Export) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written(export, Format.CSV).decode("utf-8-sig"), newline="")))


def test_markdown_is_for_people() -> None:
    assert written(EXPORT, Format.MARKDOWN).decode() == MARKDOWN


def test_a_table_has_a_row_for_each_answer_and_for_each_question_without() -> None:
    poster = ["p2", "One | two\n# three", "4-28"]
    asked = [*poster, "3", "4", "answered", "Ana", "2025-04-28T16:03:00Z", "Why?"]
    waiting = [*poster, "5", "1", "open", "somebody", "2025-04-28T16:05:00Z"]
    assert cells(EXPORT) == [
        list(COLUMNS),
        [*asked, "Ben | B.", "2025-04-28T16:30:00Z", "First.\n\nThen *second*.", MESSAGE],
        [*asked, "Cy", "2025-04-28T16:30:00Z", "Yes.", MESSAGE],
        [*waiting, '\'=HYPERLINK("https://evil.example","x")', "", "", "", ""],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", " =1", "\t=1", "＝1", "－1", "\n=1", "\rx"])
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    one = replace(WAITING, text=text, asked_by=text, answers=(ExportedAnswer(text, text, at(1)),))
    each = replace(POSTER, id=text, title=text, board=text, questions=(one,))
    row = cells(replace(EXPORT, posters=(each,)))[1]
    assert [row[at] for at in (0, 1, 2, 6, 8, 9, 11)] == [f"'{text}"] * 7


def test_json_is_for_programs() -> None:
    assert json.loads(written(EXPORT, Format.JSON)) == {
        "format": "usher-qa",
        "version": 1,
        "event": {"id": "small", "name": "Small [Workshop]"},
        "made_at": "2025-04-28T17:00:00Z",
        "posters": [
            {
                "id": "p2",
                "title": "One | two\n# three",
                "authors": ["Ana", "B_en"],
                "board": "4-28",
                "page": PAGE,
                "thread": THREAD,
                "questions": [
                    {
                        "number": 3,
                        "votes": 4,
                        "state": "answered",
                        "asked_by": "Ana",
                        "asked_at": "2025-04-28T16:03:00Z",
                        "text": "Why?",
                        "link": MESSAGE,
                        "answers": [
                            {"by": "Ben | B.", "given_at": "2025-04-28T16:30:00Z", "text": "First.\n\nThen *second*."},
                            {"by": "Cy", "given_at": "2025-04-28T16:30:00Z", "text": "Yes."},
                        ],
                    },
                    {
                        "number": 5,
                        "votes": 1,
                        "state": "open",
                        "asked_by": "somebody",
                        "asked_at": "2025-04-28T16:05:00Z",
                        "text": '=HYPERLINK("https://evil.example","x")',
                        "link": None,
                        "answers": [],
                    },
                ],
            }
        ],
        "unanswered": [5],
    }


def test_an_answer_that_is_left_out_is_not_said_to_be_missing() -> None:
    each = replace(POSTER, questions=(replace(ASKED, answers=()),))
    shown = written(replace(EXPORT, posters=(each,)), Format.MARKDOWN).decode()
    assert shown.splitlines()[-1] == "*Answered by somebody who is left out.*"
    assert "## Without an answer" not in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. first", r"1\. first"),
        ("- a list", r"\- a list"),
        ("<script>x</script>", r"\<script\>x\</script\>"),
        ("[a](https://x.example)", r"\[a\]\(<https://x.example>\)"),
        ("```\ncode", r"\`\`\`" + "  \n> code"),
        ("&lt;", r"\&lt;"),
    ],
)
def test_markdown_shows_a_text_letter_by_letter(text: str, shown: str) -> None:
    one = replace(WAITING, text=text)
    lines = written(replace(EXPORT, posters=(replace(POSTER, questions=(one,)),)), Format.MARKDOWN).decode()
    assert f"\n> {shown}\n\nAsked by" in lines


@pytest.mark.parametrize("wanted", list(Format))
def test_what_is_too_large_comes_in_whole_files_of_some_posters_each(wanted: Format) -> None:
    posters = tuple(replace(POSTER, id=f"p{number}") for number in range(5))
    large = replace(EXPORT, posters=posters)
    most = len(written(replace(large, posters=posters[:3]), wanted))
    assert parts(large, wanted, most) == [
        written(replace(large, posters=some), wanted) for some in (posters[:2], posters[2:])
    ]
    assert parts(large, wanted, 1) == [written(replace(large, posters=(one,)), wanted) for one in posters]
    assert parts(large, wanted, 10**9) == [written(large, wanted)]
