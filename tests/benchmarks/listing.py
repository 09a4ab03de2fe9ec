"""/deliveries with 100,000 rows in the outbox: its queries, and the message made of them."""

import tempfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from bot.chat.answers import deliveries as cards
from bot.chat.answers.paging import Page
from bot.chat.render.layout import components
from bot.storage.database import Database, Tables
from bot.storage.delivery import deliveries
from bot.storage.delivery.deliveries import Listed
from tests.benchmarks.crowd import remind
from tests.benchmarks.events import Measured, large
from tests.benchmarks.figures import Pace, Row, ms, p50, p99

QUERIES_MOST = 0.005
ROUNDS = 200
_GUILD, _PAGE = 1, 8
#: What became of a hundred rows: the others wait. Most that is personal was sent.
_BECAME = {"sent": 48, "failed": 3, "expired": 1}


async def measure(pace: Pace) -> Sequence[Row]:
    with large() as event, tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        db = Database.open(Path(folder) / "usher.db")
        await remind(db, _GUILD, event.program, event.now)
        await db.write(lambda tables: _lived_through(tables, event))
        rows = [
            _row("the overview", event, pace, lambda: _overview_queries(db, event), lambda: _overview(db, event)),
            *(
                _row(f"the list of what is {listed}", event, pace, *_listing(db, event, listed))
                for listed in (Listed.COMING, Listed.FAILED)
            ),
        ]
        db.close()
    return rows


def _lived_through(tables: Tables, event: Measured) -> None:
    """Let something have become of half of it, for the channels as for people, today and over the days before."""
    start = 0
    now = int(event.now.timestamp() * 1000)
    for state, part in _BECAME.items():
        tables.execute(
            "UPDATE outbox SET state = ?, done_at = ? - id * 2000, due_at = ? - id * 2000 - (id % 7 = 0) * 300000,"
            " attempts = 1, last_error = CASE WHEN ? != 'sent' THEN 'reason ' || (id % 5) END"
            " WHERE id % 100 >= ? AND id % 100 < ?",
            [state, now, now, state, start, start + part],
        )
        start += part


def _overview_queries(db: Database, event: Measured) -> None:
    since = event.now - timedelta(hours=12)
    deliveries.counts(db.reader, _GUILD, since=since)
    deliveries.page(db.reader, _GUILD, Listed.COMING, since=since, skip=0, most=5)
    deliveries.page(db.reader, _GUILD, Listed.FAILED, since=since, skip=0, most=3)
    deliveries.personal_counts(db.reader, _GUILD, since=since)
    deliveries.personal_reasons(db.reader, _GUILD)


def _overview(db: Database, event: Measured) -> None:
    since = event.now - timedelta(hours=12)
    totals = cards.Totals(
        deliveries.counts(db.reader, _GUILD, since=since),
        deliveries.personal_counts(db.reader, _GUILD, since=since),
        deliveries.personal_reasons(db.reader, _GUILD),
    )
    coming, failed = (
        deliveries.page(db.reader, _GUILD, listed, since=since, skip=0, most=most)
        for listed, most in ((Listed.COMING, 5), (Listed.FAILED, 3))
    )
    components(cards.overview(event.program, totals, coming, failed))


def _listing(db: Database, event: Measured, listed: Listed) -> tuple[Callable[[], None], Callable[[], None]]:
    since = event.now - timedelta(hours=12)

    def queries() -> None:
        deliveries.counts(db.reader, _GUILD, since=since)
        deliveries.page(db.reader, _GUILD, listed, since=since, skip=0, most=_PAGE)

    def whole() -> None:
        numbers = deliveries.counts(db.reader, _GUILD, since=since)
        rows = deliveries.page(db.reader, _GUILD, listed, since=since, skip=0, most=_PAGE)
        page = Page.of(cards.list_of(listed), -(-numbers[listed] // _PAGE))
        components(cards.listing(event.program, listed, numbers, page, rows, event.now))

    return queries, whole


def _row(what: str, event: Measured, pace: Pace, queries: Callable[[], None], whole: Callable[[], None]) -> Row:
    asked, answered = [], []
    for _ in range(pace.times(ROUNDS)):
        asked.append(_took(queries))
        answered.append(_took(whole))
    return Row(
        f"/deliveries, {what}, with 100,000 rows",
        event.name,
        f"queries <= {ms(QUERIES_MOST)}",
        f"queries {ms(p50(asked))} (p99 {ms(p99(asked))}), with the message made of them {ms(p50(answered))}",
        p50(asked) <= QUERIES_MOST,
        {"queries_s": p50(asked), "queries_p99_s": p99(asked), "answer_s": p50(answered)},
    )


def _took(act: Callable[[], None]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
