"""0050: how much was asked about each poster."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS

_SHOWN = "{row}.state IN ('open', 'answered')"
_TAKE_OFF = f"""
    UPDATE tally SET questions = questions - 1, upvotes = upvotes - OLD.votes, waiting = waiting - (OLD.state = 'open')
    WHERE guild_id = OLD.guild_id AND poster_id = OLD.poster_id AND {_SHOWN.format(row="OLD")};
"""
_PUT_ON = f"""
    INSERT INTO tally(guild_id, poster_id, questions, upvotes, waiting)
    SELECT NEW.guild_id, NEW.poster_id, 1, NEW.votes, NEW.state = 'open' WHERE {_SHOWN.format(row="NEW")}
    ON CONFLICT(guild_id, poster_id) DO UPDATE SET questions = questions + 1, upvotes = upvotes + excluded.upvotes,
    waiting = waiting + excluded.waiting;
"""


@MIGRATIONS(name="0050_tallies")
def _tallies(db: Database) -> None:
    # Of each poster: the questions that everybody may see, the upvotes of them all, and how many have no answer yet.
    # To count a hundred thousand questions takes a tenth of a second. The triggers keep it right whoever changes a
    # question, and in the same transaction: people who ask and vote, moderators, and the removal of personal data.
    db.execute("""
        CREATE TABLE tally(
            guild_id INTEGER NOT NULL,
            poster_id TEXT NOT NULL,
            questions INTEGER NOT NULL,
            upvotes INTEGER NOT NULL,
            waiting INTEGER NOT NULL,
            PRIMARY KEY (guild_id, poster_id)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute(
        "CREATE INDEX tally_most_asked ON tally(guild_id, questions + upvotes DESC, questions DESC) WHERE questions > 0"
    )
    db.execute(
        "INSERT INTO tally SELECT guild_id, poster_id, count(*), sum(votes), sum(state = 'open') FROM question"
        " WHERE state IN ('open', 'answered') GROUP BY guild_id, poster_id"
    )
    db.execute(f"CREATE TRIGGER question_added AFTER INSERT ON question BEGIN {_PUT_ON} END")
    db.execute(f"CREATE TRIGGER question_removed AFTER DELETE ON question BEGIN {_TAKE_OFF} END")
    db.execute(
        "CREATE TRIGGER question_changed AFTER UPDATE OF guild_id, poster_id, state, votes ON question"
        f" BEGIN {_TAKE_OFF} {_PUT_ON} END"
    )
