"""What is said about a case: all of it in the committee's thread, and elsewhere only that there is one.

In the thread nobody is mentioned who is not in it: Discord lets who is mentioned in a private thread into it.
"""

from bot.chat.lookup import Lookup
from bot.chat.render.card import Button
from bot.chat.render.notices.message import CONTENT_MOST, Context, Notification
from bot.chat.render.text import clip, esc, line, stamp
from bot.domain.conduct.case import Case, Entry, Stage, Step, Way, for_committee

#: The names of the Lookups for the committee and for whoever reported: what is done, the case's number, its server.
CASE, REPORT = "case", "report"
LIST = "list"
STAGES = {Stage.OPEN: "not read yet", Stage.READ: "being looked into", Stage.CLOSED: "closed"}
_NAME_MOST = 60
#: How many people are mentioned below a step.
_CALLED_MOST = 10
_CUT = "\n-# It goes on: press Open the case."


def case(context: Context) -> Notification | None:
    """The report, in its thread; to a member directly, only that there is one."""
    found = context.besides.case
    if found is None:
        return None
    if context.direct:
        how = " It comes to you directly, not in a thread." if found.way is Way.DIRECT else ""
        return Notification(
            f"**Case {found.number}** was reported to the conduct committee{_at(context)}.{how}\n"
            "Press Open the case: only you see it then.",
            (opening(found),),
        )
    head = f"**Case {found.number}** · {state(found)}\n-# Reported {stamp(found.reported_at, 'f')} by {reporter(found)}"
    return Notification(
        _fitted("\n".join([head, *report_lines(found), *message_rows(found)])),
        (
            *((Button("Acknowledge", verb("read", found)),) if found.stage is Stage.OPEN else ()),
            Button("Assign", verb("assign", found)),
            Button("Write to the reporter", verb("write", found)),
            *((Button("Close", verb("close", found)),) if found.stage is not Stage.CLOSED else ()),
            opening(found),
        ),
        title=f"Case {found.number}",
    )


def opened(context: Context) -> Notification | None:
    """For the committee's channel: the number alone."""
    found = context.besides.case
    if found is None:
        return None
    return Notification(f"🛡️ **Case {found.number}** was opened.", (opening(found),), pings=_role(context))


def waiting(context: Context) -> Notification | None:
    """The committee promised to have read it by now."""
    found = context.besides.case
    if found is None or found.stage is not Stage.OPEN:
        return None
    where = _at(context) if context.direct else ""
    text = f"⏰ **Case {found.number}**{where} has not been read yet. It was reported {stamp(found.reported_at, 'R')}."
    return Notification(text, (opening(found),), pings=None if context.direct else _role(context))


def open_cases(context: Context) -> Notification | None:
    """To one who came to the committee."""
    number = context.besides.open_cases
    if not number:
        return None
    are = "is 1 open case" if number == 1 else f"are {number} open cases"
    return Notification(
        f"**You are on the conduct committee**{_at(context)}. There {are} that you may read.\n"
        "Press All cases: only you see them then. In the server that is /cases list.",
        (Button("All cases", every(int(context.facts.ids[0]))),),
    )


def step(context: Context) -> Notification | None:
    """What was done, in the thread; to a member directly, only that something was."""
    found, entry = context.besides.case, context.besides.step
    if found is None or entry is None or not for_committee([entry]):
        return None
    if context.direct:
        text = f"**Case {found.number}**{_at(context)}: there is news.\nPress Open the case: only you see it then."
        return Notification(text, (opening(found),))
    called = _called(found, entry, context.besides.mentioned)
    mentions = " ".join(f"<@{one}>" for one in called)
    said = step_text(entry, told=not found.reporter_left(context.now))
    text = f"{_fitted(said, len(mentions) + 1)}\n{mentions}".rstrip()
    writing = (Button("Write to the reporter", verb("write", found)),) if entry.step is Step.ANSWERED else ()
    return Notification(text, (*writing, opening(found)), people=called)


def _called(about: Case, entry: Entry, there: tuple[int, ...]) -> tuple[int, ...]:
    """Whose phone tells of a step: who takes care of the case, else all in the thread; not whoever took it."""
    assigned = about.assigned.id if about.assigned is not None else None
    whom = (assigned,) if assigned is not None and assigned in there else there[:_CALLED_MOST]
    return tuple(one for one in whom if entry.by is None or one != entry.by.id)


def news(context: Context) -> Notification | None:
    """To whoever reported. It may be read on a screen that others see: what is new stands behind the button."""
    found = context.besides.case
    if found is None:
        return None
    return Notification(
        f"**There is news about case {found.number}**{_at(context)}.\nPress Read: only you see it then.",
        (Button("Read", verb("read", found, REPORT)), Button("Answer", verb("answer", found, REPORT))),
    )


def verb(name: str, about: Case, whose: str = CASE, *further: str) -> Lookup:
    """What a button does with a case. It names the server, since it may stand in a direct message."""
    return Lookup(whose, (name, str(about.number), str(about.guild_id), *further))


def every(guild_id: int) -> Lookup:
    """All cases of a server that whoever asks may read."""
    return Lookup(CASE, (LIST, "", str(guild_id)))


def opening(about: Case) -> Button:
    return Button("Open the case", verb("open", about))


def state(about: Case) -> str:
    """How far it has come, and who takes care of it."""
    care = f" · {name(about.assigned.name)} takes care of it" if about.assigned is not None else ""
    return f"{STAGES[about.stage]}{care}"


def reporter(about: Case) -> str:
    return name(about.name) if about.name is not None else "somebody who stays anonymous"


def name(text: str) -> str:
    return f"**{line(text, _NAME_MOST)}**"


def report_lines(about: Case) -> list[str]:
    """What was reported, without the message that it may be about."""
    rows = [f"**What happened**\n{quoted(about.what) or '> (nothing was written)'}"]
    if about.where:
        rows.append(f"**Where and when**\n{quoted(about.where)}")
    people = ", ".join(name(person.name) for person in about.involved)
    if people or about.who:
        rows.append("\n".join(row for row in ("**Who is involved**", people, quoted(about.who)) if row))
    if about.involved:
        rows.append("-# None of them is shown this case. Do not mention them here: that could let them in.")
    return rows


def message_rows(about: Case) -> list[str]:
    """The message that was reported, as it was; nothing where there is none."""
    message = about.message
    if message is None:
        return []
    rows = [
        f"**The message that was reported**, by {name(message.author.name)}, {stamp(message.at, 'f')}",
        quoted(message.text) or "> (no text)",
    ]
    rows += [f"-# [Where it stood]({message.url})"] if message.url else []
    for place, (file, address) in enumerate(message.files):
        where = "kept, Export has it" if place in about.kept else f"not kept, and this link ends soon: <{address}>"
        rows.append(f"-# File {line(file, 80)}: {where}")
    return ["\n".join(rows)]


def step_text(entry: Entry, *, told: bool) -> str:
    """What was done, for the committee. ``told``: whoever reported hears of it."""
    who = name(entry.by.name) if entry.by else "The bot"
    match entry.step:
        case Step.READ:
            return f"✅ {who} acknowledged the case.{' The reporter is told.' if told else ''}"
        case Step.ASSIGNED:
            taken = entry.by is not None and entry.by.name == entry.text
            return (
                f"👤 {who} takes care of the case." if taken else f"👤 {who} assigned the case to {name(entry.text)}."
            )
        case Step.WRITTEN:
            return f"✉️ {who} wrote to the reporter:\n{quoted(entry.text)}"
        case Step.ANSWERED:
            return f"💬 **The reporter** wrote:\n{quoted(entry.text)}"
        case Step.CLOSED:
            return f"🔒 {who} closed the case{'. The reporter is told' if told else ''}:\n{quoted(entry.text)}"
        case Step.UNHEARD:
            return ""
        case Step.CLOSED_DMS:
            return "📪 The reporter takes no direct messages: they see what you write once they look into /report."
        case Step.DIRECT:
            return "📨 The case could not be in its thread: it goes to each member of the committee directly."


def quoted(text: str) -> str:
    """Escaped, line by line, as Discord shows what somebody else said."""
    return "\n".join(f"> {esc(row)}" for row in text.splitlines() if row.strip())


def _fitted(text: str, beside: int = 0) -> str:
    """In one message, with room for as many characters ``beside``."""
    most = CONTENT_MOST - beside
    return text if len(text) <= most else clip(text, most - len(_CUT)) + _CUT


def _role(context: Context) -> str:
    return "conduct" if "conduct" in context.program.server.roles else "organizers"


def _at(context: Context) -> str:
    return f" ({line(context.program.event.short_name, _NAME_MOST)})"
