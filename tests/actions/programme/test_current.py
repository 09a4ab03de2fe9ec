"""Each guild sees its own programme; without live edits of its own, that of its event."""

from msgspec.structs import replace

from bot.actions.programme.current import CurrentProgrammes
from bot.domain.changes.change import Field
from bot.domain.changes.edit import Edit
from bot.storage.programme.programmes import Version
from tests.chat.samples import event, program

CANCELLED = Edit("s2", Field.CANCELLED, "yes", "no")
SMALL = program()


def cancelled(current: CurrentProgrammes, guild: int | None) -> list[str]:
    return [session.id for session in current.for_guild(guild).program.sessions if session.cancelled]


def test_edits_are_seen_in_their_own_guild_only() -> None:
    current = CurrentProgrammes(Version(1, SMALL), {}, {}, {(1, "small"): [CANCELLED]})
    assert [cancelled(current, guild) for guild in (1, 2, None)] == [["s2"], [], []]
    assert current.for_guild(2) is current.for_guild(None)
    assert current.imported(1) is SMALL
    assert len(current.all()) == 2


def test_edits_of_an_event_that_the_guild_left_are_not_seen() -> None:
    other = program(event=event(id="other"))
    current = CurrentProgrammes(
        Version(1, SMALL), {"other": Version(2, other)}, {1: "other"}, {(1, "small"): [CANCELLED]}
    )
    assert cancelled(current, 1) == []


def test_a_guild_back_at_what_the_files_say_shares_its_event_again() -> None:
    current = CurrentProgrammes(Version(1, SMALL), {}, {}, {(1, "small"): [CANCELLED]})
    assert current.put_live(1, SMALL) is current.for_guild(2)
    changed = replace(SMALL, posters=())
    assert current.put_live(1, changed).program is changed
    assert current.for_guild(2).program is SMALL


def test_a_new_version_is_seen_with_the_edits_of_each_guild() -> None:
    current = CurrentProgrammes(Version(1, SMALL), {}, {}, {(1, "small"): [CANCELLED]})
    fewer = replace(SMALL, posters=())
    current.put(Version(2, fewer), {(2, "small"): [CANCELLED], (2, "other"): [CANCELLED]})
    assert [cancelled(current, guild) for guild in (1, 2, None)] == [[], ["s2"], []]
    assert current.for_guild(1).program is fewer
    assert current.versions() == {"small": 2}


def test_a_version_of_one_event_leaves_the_others_alone() -> None:
    other = program(event=event(id="other"))
    current = CurrentProgrammes(
        Version(1, SMALL), {"other": Version(2, other)}, {1: "other"}, {(1, "other"): [CANCELLED]}
    )
    current.put(Version(3, replace(SMALL, posters=())), {})
    assert cancelled(current, 1) == ["s2"]
    assert current.versions() == {"small": 3, "other": 2}
