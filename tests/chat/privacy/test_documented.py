"""What the documents say of privacy is what the code does."""

from pathlib import Path

from bot.domain.privacy.retention import Retention, in_words
from bot.storage.privacy.holdings import HOLDINGS

DOCS = Path(__file__).parents[3] / "docs"


def test_the_table_is_that_of_the_code() -> None:
    head = "| what | why | how long | who sees it | when somebody deletes their data |\n|---|---|---|---|---|\n"
    rows = [
        f"| {one.name}: {one.what} | {one.why} | {in_words(Retention(), one.term)} | {one.seen_by} | {one.after} |"
        for one in HOLDINGS
    ]
    table = (DOCS / "privacy.md").read_text(encoding="utf-8").partition(head)[2].partition("\n\n")[0]
    assert table.splitlines() == rows
