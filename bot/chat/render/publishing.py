"""The preview of a new version of the programme, and what is said when it was published. For organizers."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.actions.programme.follow_program import Followed
from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Card, Does
from bot.chat.render.live import NOTHING_CHANGED, consequences
from bot.chat.render.notices.changes import rows as public_rows
from bot.chat.render.notices.conflicts import conflict_rows
from bot.chat.render.text import count, line, listing, only_for, stamp
from bot.domain.call import Deadline
from bot.domain.changes.apply import Conflict
from bot.domain.changes.change import Change, Field
from bot.domain.changes.others import Other
from bot.domain.changes.written import read_instant, read_listed
from bot.domain.program import Program

#: Problems and changes that are named; more are counted.
_PROBLEMS_MOST, _CHANGES_MOST = 8, 25
NO_NEWS = "Only small things differ, which are no news."
#: Of live changes whose session or room the files no longer have.
VOID = "Live changes that can no longer hold"
_ONLY_ORGANIZERS = "Only the organizers of this server are told, of the conflicts."
#: A server that changed something live may see what the others are yet to hear of.
_NO_NEWS_HERE = "In this server only small things differ, or what was changed live already."


class How(StrEnum):
    """The buttons of a preview."""

    PUBLISH = ""
    QUIETLY = "q"
    FILES_WIN = "f"


class Foreseen(Struct, frozen=True):
    """What publishing would come to. ``mark`` tells the files, and what they were compared with, from any others."""

    followed: Followed
    others: Sequence[Other]
    mark: str


def preview(name: str, found: Foreseen, *, stale: bool = False) -> Card:
    """What would change, what it contradicts, and who will hear of it. ``name`` is the lookup of its buttons."""
    head = "## Something changed meanwhile" if stale else "## Nothing is published yet"
    first = "Look again: this is what would change now." if stale else "This is what would change."
    followed, told = found.followed, found.followed.told
    texts = [f"{head}\n{first}", *what(found)]
    if followed.reach is not None:
        texts.append("\n".join([*_silence(followed), *consequences(followed.reach, told)]))
    buttons = [_button("Publish", name, found.mark, How.PUBLISH, main=True)]
    if told.anybody:
        buttons.append(_button("Publish quietly", name, found.mark, How.QUIETLY))
    if any(one.in_force for one in followed.conflicts):
        buttons.append(_button("Publish, files win", name, found.mark, How.FILES_WIN))
    return Card(tuple(texts), buttons=(*buttons, Button("Cancel", Lookup(name), Does.DROP)), shareable=False)


def unchanged(name: str, found: Foreseen, standing: Sequence[Conflict]) -> Card:
    """The files say what was published last. Live changes that they contradict can still be given up."""
    texts = ["## Nothing to publish\nThe files say what was published last."]
    buttons: tuple[Button, ...] = ()
    if standing:
        texts += _conflicts(found.followed.program, standing)
        buttons = (_button("Take what the files say", name, found.mark, How.FILES_WIN),)
    return Card(tuple(texts), buttons=buttons, shareable=False)


def refused(errors: Sequence[str]) -> Card:
    """The files have errors; each is one text that names the place and the fix."""
    shown = [f"- {line(text, 350)}" for text in errors[:_PROBLEMS_MOST]]
    left = len(errors) - len(shown)
    more = [f"-# and {left} more. See all: usher check"] if left else []
    head = f"## The files have {count(len(errors), 'error')}\n{NOTHING_CHANGED} The programme in force stays."
    return Card((head, "\n".join([*shown, *more])), shareable=False)


def _silence(followed: Followed) -> list[str]:
    """That nobody hears of it. Here, that is: in other servers other things were changed live."""
    if followed.told.anybody:
        return []
    if any(one.in_force for one in followed.conflicts):
        return [f"Unless the files win, {_ONLY_ORGANIZERS[0].lower()}{_ONLY_ORGANIZERS[1:]}"]
    if followed.conflicts:
        return [_ONLY_ORGANIZERS]
    return ["Nobody in this server is told: nothing of it is news here."]


def done(followed: Followed, found: Foreseen) -> Card:
    """What was published: all of it is recorded, and is being told. ``found`` is what was foreseen."""
    if followed.told.anybody:
        told = "It is being told."
    elif followed.conflicts:
        told = _ONLY_ORGANIZERS
    else:
        told = "Nobody in this server is told."
    texts = ["## Published", *what(replace(found, followed=followed)), f"{told} What was posted is being edited."]
    return Card(tuple(texts), shareable=False)


def behind() -> Card:
    """It was published, and this server is yet to follow."""
    text = "## Published, but not here yet\nThis server could not follow for now: it is tried again every second."
    return Card((text,), shareable=False)


def outrun(why: str) -> Card:
    """Somebody else published first."""
    return Card((f"## Nothing was published\n{line(why, 300)}",), shareable=False)


def what(found: Foreseen) -> list[str]:
    """Blocks: the changes, what else differs, and the conflicts."""
    followed, texts = found.followed, []
    reach = followed.reach
    if reach is not None and reach.changes:
        rows = diff_rows(reach.before, reach.program, reach.changes)
        shown, left = rows[:_CHANGES_MOST], len(rows) - _CHANGES_MOST
        texts.append(
            "\n".join([f"**{count(len(rows), 'change')}**", *shown, *([f"-# and {left} more"] if left > 0 else [])])
        )
    if found.others:
        texts.append(other_differences(found.others))
    if followed.conflicts:
        texts += _conflicts(followed.program, followed.conflicts)
    return texts or [_NO_NEWS_HERE]


def other_differences(found: Sequence[Other]) -> str:
    """In one sentence, what differs beside the sessions and dates."""
    return f"Also different: {listing([_other(item) for item in found])}."


def diff_rows(before: Program, after: Program, changes: Iterable[Change]) -> list[str]:
    """A line for each change, also of dates that are meant for some only: for organizers' eyes."""
    rows = []
    for change in changes:
        rows += [_date(before, after, change)] if change.record == "deadline" else public_rows(after, [change])
    return rows


def _date(before: Program, after: Program, change: Change) -> str:
    found = next((item for program in (after, before) for item in program.deadlines if item.id == change.id), None)
    if found is None:
        return f"❌ ~~{line(read_listed(change.old or '')[1], 100)}~~"
    title = f"**{line(found.title, 100)}**{_meant_for(found)}"
    match change.field:
        case Field.REMOVED:
            return f"❌ ~~{title}~~ is no longer a date."
        case Field.ADDED:
            return f"➕ New date: {title}, {stamp(found.due, 'f')} ({line(found.stated)})"
        case _:
            old = stamp(read_instant(change.old or ""), "f")
            return f"📅 {title}: ~~{old}~~ → {stamp(found.due, 'f')} ({line(found.stated)})"


def _meant_for(found: Deadline) -> str:
    words = only_for(found.audience)
    return f" ({words})" if words else ""


def _conflicts(program: Program, conflicts: Sequence[Conflict]) -> list[str]:
    """Blocks: what stays, and what cannot."""
    held = conflict_rows(program, [one.as_change for one in conflicts if one.in_force])
    void = conflict_rows(program, [one.as_change for one in conflicts if not one.in_force])
    head = f"⚠️ **{count(len(held), 'conflict')}** with live changes, which stay unless the files win"
    blocks = [[head, *held] if held else [], [f"⚠️ **{VOID}**", *void] if void else []]
    return ["\n".join(block) for block in blocks if block]


def _other(item: Other) -> str:
    parts = [f"{number} {word}" for number, word in ((item.came, "new"), (item.went, "gone"), (item.differ, "changed"))]
    counted = [part for part in parts if not part.startswith("0 ")]
    return f"{item.kind} ({', '.join(counted)})" if counted else item.kind


def _button(label: str, name: str, mark: str, how: How, *, main: bool = False) -> Button:
    return Button(label, Lookup(name, (mark, how.value)), Does.APPLY, main=main)
