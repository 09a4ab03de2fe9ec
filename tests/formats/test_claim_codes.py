"""The file of codes: every cell as it is, and none that a spreadsheet would run."""

import csv
import io

import pytest

from bot.domain.posters.claim import ClaimCode
from bot.formats.claim_codes import HEADER, write_codes
from tests.chat.samples import poster


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_each_author_has_a_row() -> None:
    paper = poster(1, title='Flows, "fast"', authors=("Ada", "Zoë"))
    codes = [(paper, ClaimCode("ABCDEFGH", "p1", "Ada", 7)), (paper, ClaimCode("JKLMNPQR", "p1", "Zoë"))]
    assert rows(write_codes(codes)) == [
        list(HEADER),
        ["p1", 'Flows, "fast"', "Ada", "ABCD-EFGH", "yes"],
        ["p1", 'Flows, "fast"', "Zoë", "JKLM-NPQR", "no"],
    ]


@pytest.mark.parametrize("title", ['=HYPERLINK("x")', "+1", "-1", "@cmd", "\t=1", "  =1"])
def test_what_a_spreadsheet_would_run_is_made_text(title: str) -> None:
    paper = poster(1, title=title)
    assert rows(write_codes([(paper, ClaimCode("ABCDEFGH", "p1", "Ada"))]))[1][1] == f"'{title}"
