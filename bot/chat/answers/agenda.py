"""A person's agenda as a card: for themselves, and as they share it with everybody."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.chat.answers.menus import talk_menu
from bot.chat.answers.paging import Page
from bot.chat.answers.starring import may_see, name_of, star_lookup
from bot.chat.ask import Ask
from bot.chat.lookup import Lookup, as_typed
from bot.chat.render.agenda import item_lines, next_line
from bot.chat.render.card import Button, Card, Does, Menu, Option
from bot.chat.render.lines import heading
from bot.chat.render.text import and_more, count, day_name, line
from bot.domain.agenda import Agenda, Item, Star, StarKind, agenda

_PAGE = 8
#: Stars on one page, so that its menu has them all and the text room for each poster.
_STARS = 20
_SHARED_MOST = 15
_NAME_MOST = 40
_OPTIONS_MOST = 25

_KINDS = {
    StarKind.SESSION: "Session",
    StarKind.TALK: "Talk",
    StarKind.SPEAKER: "Speaker",
    StarKind.POSTER: "Poster",
    StarKind.DEADLINE: "Date",
}

MINE = Lookup("agenda")
SHOW_MINE = Button("My agenda", MINE, Does.MINE)


def mine(ask: Ask, stars: Sequence[Star], notice: str = "", undo: Star | None = None) -> Card:
    """The reader's own agenda by time. ``notice`` tells what was just changed, ``undo`` takes a removal back."""
    found = agenda(ask.program, may_see(ask, stars))
    back = (Button("Undo", star_lookup(undo).at(ask.lookup.page), Does.BACK, main=True),) if undo else ()
    head = ["## My agenda", *([notice] if notice else [])]
    if not found.items and not found.gone:
        head.append("Nothing is in it. Open a session, a speaker, a poster or /deadlines and press “Add to my agenda”.")
        ways = (Button("Schedule", Lookup("schedule")), Button("Posters", Lookup("posters")))
        return Card(("\n".join(head),), buttons=(*back, *ways), shareable=False)
    head += [next_line(ask.program, item) for item in found.next_up(ask.now)[:3]]
    if found.gone:
        head.append(f"-# {count(len(found.gone), 'entry', 'entries')} no longer in the programme.")
    pages = _pages(found.items)
    page = Page.of(replace(MINE, page=ask.lookup.page), len(pages), at_now=_page_at_now(ask, pages))
    shown = pages[page.number]
    share = (Button("Share", MINE, Does.SHARE_MINE),) if ask.may_share and shown else ()
    # What was just changed is fresh: the place is for taking that back.
    refresh = () if undo else (Button("Refresh", MINE.at(page.number), Does.MINE),)
    turn = tuple(replace(button, does=Does.MINE) for button in page.buttons("‹ Earlier", "Later ›"))
    return Card(
        ("\n".join(head), *_by_day(ask, shown, every_poster=True)),
        menu=Menu("Remove from my agenda", _options(ask, shown, found, page.number), Does.UNSTAR),
        buttons=(
            *back,
            *turn,
            Button("Calendar file", MINE, Does.FILE),
            *refresh,
            *share,
        ),
        footer=page.footer,
        shareable=False,
    )


def _pages(items: Sequence[Item]) -> list[list[Item]]:
    """The entries page by page. One that stands for more posters than a page has room for goes on on the next."""
    pages: list[list[Item]] = [[]]
    room = _STARS
    for item in items:
        left = item.stars
        while left:
            if len(pages[-1]) == _PAGE or not room:
                pages.append([])
                room = _STARS
            pages[-1].append(replace(item, stars=left[:room]))
            left, room = left[room:], max(0, room - len(left))
    return pages


def _page_at_now(ask: Ask, pages: Sequence[Sequence[Item]]) -> int:
    for number, page in enumerate(pages):
        if any(item.end is None or item.end > ask.now for item in page):
            return number
    return 0


def _by_day(ask: Ask, items: Sequence[Item], *, every_poster: bool = False) -> list[str]:
    """One block for each of the venue's days; what has no time comes last."""
    days: dict[str, list[str]] = {}
    for item in items:
        day = day_name(item.start, ask.zone) if item.start else "Without a time yet"
        days.setdefault(day, []).extend(item_lines(ask.program, item, ask.now, every_poster=every_poster))
    return ["\n".join([f"**{day}**", *rows]) for day, rows in days.items()]


def _options(ask: Ask, items: Sequence[Item], found: Agenda, page: int) -> tuple[Option, ...]:
    """Each says on which page it was chosen: the agenda stays open there."""
    stars = list(dict.fromkeys([*(star for item in items for star in item.stars), *found.gone]))[:_OPTIONS_MOST]
    names = [(star, name_of(ask.program, star)) for star in stars]
    return tuple(Option(name, star_lookup(star).at(page), _KINDS[star.kind]) for star, name in names)


def added(ask: Ask, star: Star, stars: Sequence[Star], *, new: bool, reminded: bool) -> Card:
    """What the star button answers. ``stars`` are all they have now; ``reminded`` says whether reminders are on."""
    said = "Added to your agenda" if new else "It is in your agenda"
    rows = [f"## {said}: {line(name_of(ask.program, star), 150)}"]
    mine = [item for item in agenda(ask.program, may_see(ask, stars)).items if star in item.stars]
    for item in mine[:3]:
        rows += item_lines(ask.program, item, ask.now, dated=True)
    rows += and_more(len(mine), 3)
    remind = () if reminded else (Button("Remind me", Lookup("remind", ("on",)), Does.REMIND),)
    session = ask.program.session_by_id.get(star.record_id) if star.kind is StarKind.SESSION else None
    return Card(
        ("\n".join(rows),),
        menu=talk_menu(ask.program, session) if session else None,
        buttons=(Button("Remove", star_lookup(star), Does.UNSTAR), SHOW_MINE, *remind),
        shareable=False,
    )


def as_shared(ask: Ask, name: str, stars: Sequence[Star]) -> Lookup:
    """What somebody called ``name`` shares: the entries themselves, so that later stars stay private."""
    public = ask.for_everybody()
    codes = [f"{star.kind}:{star.record_id}" for star in may_see(public, stars)]
    return Lookup("agenda", (as_typed(name, _NAME_MOST), *codes))


def shared(ask: Ask) -> Card:
    """Somebody's agenda in a channel: only what is for everybody, and only what has a time."""
    name, *codes = ask.lookup.args or ("",)
    known = {kind.value: kind for kind in StarKind}
    pairs = [code.partition(":") for code in codes]
    stars = [Star(known[kind], record_id) for kind, _, record_id in pairs if kind in known]
    items = [
        replace(item, clashes=())
        for item in agenda(ask.program, may_see(ask.for_everybody(), stars)).items
        if item.start
    ]
    head = heading(f"Agenda of {name}" if name else "Agenda")
    if not items:
        head += "\nNothing in it has a time."
    blocks = _by_day(ask, items[:_SHARED_MOST])
    own = Button("My agenda", MINE, Does.FOR_ME)
    return Card((head, *blocks, *and_more(len(items), _SHARED_MOST)), buttons=(own,), shareable=False)
