"""0051 and on: who reads a case, and which numbers were given."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0051_case_readers")
def _case_readers(db: Database) -> None:
    # Whoever changed the committee is involved in this case: past it the change goes. Who was put on the committee does
    # not read it (0), who was taken off does (1).
    db.execute("""
        CREATE TABLE conduct_reader(
            guild_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            name TEXT NOT NULL,
            reads INTEGER NOT NULL,
            PRIMARY KEY (guild_id, number, user_id)
        ) STRICT, WITHOUT ROWID
    """)


@MIGRATIONS(name="0052_case_numbers")
def _case_numbers(db: Database) -> None:
    # The numbers that cases were given, also those that are kept no longer: threads and old buttons name them.
    db.execute("""
        CREATE TABLE conduct_number(
            guild_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (guild_id, number)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("INSERT INTO conduct_number(guild_id, number) SELECT guild_id, number FROM conduct_case")


@MIGRATIONS(name="0053_unsigned")
def _unsigned(db: Database) -> None:
    # A message of the bot may say what somebody wrote: who that is (``behind``), whether or not it shows. Where it does
    # not, they are left out of the case, and nobody is shown that they are (``hidden``).
    db.execute("ALTER TABLE conduct_draft ADD COLUMN behind INTEGER")
    db.execute("ALTER TABLE conduct_involved ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0")


@MIGRATIONS(name="0054_case_files")
def _case_files(db: Database) -> None:
    # The files of a reported message: Discord's links to them expire, and end with the message. ``place`` is which of
    # its files it is, counted from 0. First beside the form that may come back, then beside the case.
    for table, key in (("conduct_draft_file", "opened_by"), ("conduct_file", "guild_id, number")):
        columns = "".join(f"{column} INTEGER NOT NULL, " for column in key.split(", "))
        db.execute(f"""
            CREATE TABLE {table}(
                {columns}
                place INTEGER NOT NULL,
                name TEXT NOT NULL,
                content BLOB NOT NULL,
                PRIMARY KEY ({key}, place)
            ) STRICT
        """)
