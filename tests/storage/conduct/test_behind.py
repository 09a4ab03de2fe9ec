"""Who is behind what the bot says of questions, and what is kept of a message before its report comes back."""

from bot.actions.conduct.report import Written, report
from bot.domain.audit import By
from bot.domain.conduct.case import Person, Quoted, Way
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.conduct import cases, files
from bot.storage.conduct.behind import Behind, behind
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox, told
from bot.storage.delivery.outbox import Op, Priority
from tests.actions.posters.authoring import asked
from tests.chat.samples import at, lowest

GUILD, REPORTER, EVE = 1, 77, 5


async def test_an_unnamed_question_hides_who_asked_wherever_the_bot_shows_it(db: Database) -> None:
    question = await asked(db, at(180), named=False)
    shown = {NoticeKind.FLAG: (str(question.id), "1"), NoticeKind.AUTHOR_ASKED: (str(question.id),)}

    def say(tables: Tables) -> dict[NoticeKind, Behind | None]:
        for kind, ids in {**shown, NoticeKind.AUTHOR_DIGEST: (), NoticeKind.DIGEST: ()}.items():
            facts = Facts(kind, ids)
            told.add(
                tables,
                GUILD,
                f"act:x:{kind}",
                Op.MESSAGE,
                facts,
                place="organizers",
                priority=Priority.QUESTION,
                due_at=at(0),
                expires_at=at(900),
            )
        rows = outbox.of_guild(tables, GUILD)
        return {row.facts.kind: behind(tables, GUILD, row.id) for row in rows if row.key.startswith("act:x")}

    unnamed, nobody_knows = Behind(question.asker, shown=False), Behind(None, shown=False)
    assert await db.write(say) == {
        NoticeKind.FLAG: unnamed,
        NoticeKind.AUTHOR_ASKED: unnamed,
        NoticeKind.AUTHOR_DIGEST: nobody_knows,
        NoticeKind.DIGEST: None,
    }


async def test_the_same_form_is_one_case_whatever_those_involved_are_called_by_now(db: Database) -> None:
    message = Quoted(Person(9, "Usher"), "Look", "https://discord.com/channels/1/2/3", at(0), bot=True)
    for act, name, way in ((101, "eve", Way.DIRECT), (102, "Evelyn (@eve)", Way.THREAD)):
        written = Written(9, "x", involved=(Person(EVE, name),), message=message)
        await report(db, GUILD, written, way=way, by=By(REPORTER, act, at(0)), draw=lowest)
    assert len(cases.of_guild(db.reader, GUILD)) == 1


async def test_files_of_forms_that_do_not_come_back_take_no_more_room_than_they_may(db: Database) -> None:
    def keep(tables: Tables) -> list[int]:
        for form in range(1, 5):
            files.keep(tables, form, {0: ("a.png", bytes(40)), 1: ("b.png", bytes(10))}, most=120)
        found = tables.execute("SELECT DISTINCT opened_by FROM conduct_draft_file ORDER BY 1").fetchall()
        return [form for (form,) in found]

    assert await db.write(keep) == [3, 4]
