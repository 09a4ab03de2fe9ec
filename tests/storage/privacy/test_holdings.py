"""Nothing that is stored about people is forgotten to be named: not a table, and not a column."""

import json

from bot.actions.privacy.decide import forget
from bot.domain.privacy.retention import Term
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.database import Database, Tables
from bot.storage.delivery.outbox import encoded
from bot.storage.privacy.holding import Fate, Leaving
from bot.storage.privacy.holdings import HOLDINGS, NOBODYS, people_of
from tests.chat.samples import at

GUILD, MARKER = 11, 661720242585600015
#: A migration's own record, and what SQLite keeps for itself.
_OF_THE_LIBRARY = ("_sqlite_migrations", "sqlite_sequence", "sqlite_stat1")
#: Columns in which a number or a word stands that is no person: what the marker leaves there names nobody.
_NOBODYS_COLUMNS = {
    "claim_code": ("author", "code", "poster_id"),
    "claim_try": ("act",),
    "announcement": (
        "made_by",
        "revision",
    ),
    "answer": ("hidden",),
    "audit": ("mark",),
    "live_edit": (
        "base",
        "event_id",
        "session_id",
        "value",
        "why",
    ),
    "mode_change": (
        "event_id",
        "mark",
        "undoes",
    ),
    "conduct_case": ("number", "quiet"),
    "conduct_entry": ("number",),
    "conduct_draft_file": ("place",),
    "conduct_file": ("number", "place"),
    "conduct_involved": ("hidden", "number"),
    "conduct_reader": ("number", "reads"),
    "outbox": (
        "announcement",
        "attempts",
        "attempts_before",
        "priority",
    ),
    "programme": (
        "event_id",
        "files_win",
        "fingerprint",
        "quiet",
    ),
    "question": (
        "number",
        "poster_id",
    ),
    "shared_card": (
        "channel_id",
        "lookup",
        "message_id",
    ),
    "tally": ("poster_id",),
}
NUMBERS = {f"{table}.{column}" for table, columns in _NOBODYS_COLUMNS.items() for column in columns}
#: What people wrote: with an answer, as here, it stays. And what organizers are told, or said.
TEXTS = {"answer.text", "question.text", "flag.why", "hidden.why", "no_asking.why"}
#: Where an organizer's id, and who was stopped, stays until its time is up.
ORGANIZING = {
    *("claim_try.user_id", "hidden.by", "no_asking.by", "no_asking.user_id"),
    *("announcement.author", "announcement.changed_by", "audit.actor_id", "audit.about", "audit.detail"),
    *("live_edit.edited_by", "mode_change.made_by", "programme.published_by"),
}
#: What the conduct committee knows, until a case was closed long enough ago: also of whom somebody reported.
CASES = {
    *(f"conduct_case.{column}" for column in ("what", "place", "who", "message", "way")),
    *("conduct_case.assigned", "conduct_case.assigned_name", "conduct_involved.user_id", "conduct_involved.name"),
    *("conduct_reader.user_id", "conduct_reader.name"),
    *(f"conduct_entry.{column}" for column in ("step", "member", "name", "text", "made_by")),
    *("conduct_draft.opened_by", "conduct_draft.message", "conduct_draft.behind"),
    *("conduct_draft_file.opened_by", "conduct_draft_file.name", "conduct_file.name"),
    *("conduct_committee.user_id", "conduct_committee.name", "conduct_committee.given_by"),
}
#: Who is to hold a role no more, until that is taken back. What waits to do so names their record.
TAKEN_BACK = {"author_role.user_id", "author_role.role_id"}
#: What has to be of a certain kind to be read at all.
_KINDS = {
    "id": 7,
    "question": 7,
    "guild_id": GUILD,
    "state": "open",
    "stage": "confirmed",
    "content": '{"title":""}',
    "request": "{}",
    "without": "[]",
    "before": "[]",
    "sessions": "[]",
    "field": "room",
    "op": "dm",
    "answer": 0,
    "taken_back": 0,
    "audience": "public",
    "facts": encoded(Facts(NoticeKind.PERSONAL, (str(MARKER),))),
    "act": "announce",
    "outcome": "done",
    "kind": "session",
    "attends": "online",
    "roles": json.dumps([MARKER]),
    "manner_of": GUILD,
}
_TIMES = {"at", "since", "lease_until"}
BOTH = (MARKER, str(MARKER))
_OTHER_KINDS: dict[str, object] = {
    "conduct_draft_file.content": b"",
    "conduct_file.content": b"",
    "outbox.state": "queued",
    "mode_change.state": "done",
    "claim_try.act": MARKER,
    "reminder_choice.place": "dm",
}


def tables_of(db: Tables) -> set[str]:
    return {name for name in db.table_names() if name not in _OF_THE_LIBRARY}


def mark(db: Tables, table: str) -> None:
    """A row in which the marker stands wherever it can."""
    row = {}
    for column in db[table].columns:
        number, text = (
            (0, "2025-04-28T09:00:00+00:00") if column.name in _TIMES or column.name.endswith("_at") else BOTH
        )
        default = number if column.type == "INTEGER" else text
        row[column.name] = _OTHER_KINDS.get(f"{table}.{column.name}", _KINDS.get(column.name, default))
    db.execute(
        f"INSERT OR IGNORE INTO {table}({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
        list(row.values()),
    )


def standing(db: Tables) -> set[str]:
    """Every column in which the marker stands, alone or inside a text."""
    return {
        f"{table}.{column.name}"
        for table in tables_of(db)
        for column in db[table].columns
        if db.execute(f"SELECT 1 FROM {table} WHERE instr({column.name}, ?)", [str(MARKER)]).fetchone()
    }


def test_every_table_is_of_people_or_says_why_not(db: Database) -> None:
    """A new table is named in a Holding (see ``storage.privacy.holdings``), or joins NOBODYS with a reason."""
    named = {table for holding in HOLDINGS for table in holding.tables}
    assert named | set(NOBODYS) == tables_of(db.reader)
    assert named & set(NOBODYS) == set()
    assert all(NOBODYS.values())


async def test_whoever_is_forgotten_stands_in_no_column_but_those_of_organizers_acts(db: Database) -> None:
    """A new column that is neither forgotten nor named here as no person's fails."""
    named = {table for holding in HOLDINGS for table in holding.tables}

    def write(tables: Tables) -> set[str]:
        for table in sorted(named):
            mark(tables, table)
        # Of what everybody reads, a key or what it is about may name somebody.
        tables.execute(
            "INSERT INTO outbox(id, guild_id, dedupe_key, op, place, audience, facts, priority, due_at, expires_at)"
            " SELECT 8, guild_id, 'act:named:' || place, 'message', 'schedule', audience, facts, 1, due_at, expires_at"
            " FROM outbox"
        )
        before = standing(tables)
        forget(tables, Leaving(GUILD, MARKER, at(0)))
        return before

    before = await db.write(write)
    assert standing(db.reader) == NUMBERS | TEXTS | ORGANIZING | CASES | TAKEN_BACK
    people = {"star.user_id", "person.roles", "outbox.place", "outbox.dedupe_key", "question.asker", "answer.author"}
    assert people < before


async def test_whose_time_is_up_is_found_once_and_then_no_more(db: Database) -> None:
    """What a person leaves behind that they are looked for by would be looked for day after day."""
    expected = {one.term for one in HOLDINGS if one.people}

    def write(tables: Tables) -> tuple[list[int], list[int]]:
        for table in sorted({table for holding in HOLDINGS for table in holding.tables}):
            mark(tables, table)
        before = people_of(tables, GUILD)
        forget(tables, Leaving(GUILD, MARKER, at(0), time_is_up=True))
        return before, people_of(tables, GUILD)

    assert (await db.write(write), expected) == (([MARKER], []), {Term.PERSONAL})
    assert [one.name for one in HOLDINGS if one.term is Term.PERSONAL and not one.people] == []


async def test_nobody_else_is_touched(db: Database) -> None:
    """The same person in another server, and another person here."""

    def write(tables: Tables) -> tuple[set[str], set[str]]:
        for table in sorted({table for holding in HOLDINGS for table in holding.tables}):
            mark(tables, table)
        before = standing(tables)
        forget(tables, Leaving(GUILD + 1, MARKER, at(0)))
        forget(tables, Leaving(GUILD, MARKER + 1, at(0)))
        return before, standing(tables)

    before, after = await db.write(write)
    assert after == before


def test_what_does_not_stay_is_forgotten_and_what_is_personal_is_once_its_time_is_up() -> None:
    forgotten = {one.name for one in HOLDINGS if one.fate is not Fate.STAYS or one.term is Term.PERSONAL}
    assert {one.name for one in HOLDINGS if one.forget is not None} == forgotten
