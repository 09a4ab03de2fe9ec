"""What search finds beside the programme's records: the rules, the formats of papers, and the ways to attend.

The words under which people look for a page are listed even where the organizers' text does not hold them. Of the
joining links nothing is listed, not even their labels: whoever looks for "livestream" is led to /join, which knows
who may see what.
"""

from collections.abc import Iterator

from bot.domain.call import SubmissionFormat
from bot.domain.event import MODE_WORDS
from bot.domain.listing import Entry, Listing
from bot.domain.program import Program

_CONDUCT = "harassment, discrimination, bullying, threats, safety, behaviour, report a problem, complaint, emergency"
_MATERIALS = "slides, papers, recordings, videos, downloads"
_JOINING = "join, attend, take part, online, remote, hybrid, livestream, live stream, video call, Zoom, venue, address"


def information(program: Program) -> Iterator[Listing]:
    """The pages of the event, each under the name of the command that shows it."""
    texts, event, submission = program.texts, program.event, program.submission
    yield _page("conduct", "Code of conduct", texts.conduct, _CONDUCT, texts.conduct_contact)
    if texts.diversity:
        yield _page("about", "Diversity", texts.diversity, "diversity commitment, inclusion, equality")
    if texts.materials_policy:
        yield _page(
            "materials", "Materials policy", texts.materials_policy, "slides, recordings, sharing, accessibility"
        )
    if event.materials:
        labels = ", ".join(item.label for item in event.materials)
        yield _page("materials", "Materials", labels, _MATERIALS)
    if submission.portal:
        yield _page("submit", "How to submit", None, "submission portal, call for papers, upload")
    for form in submission.formats:
        yield _page("submit", form.name, _limit(form), "submission format, pages, length", form.note)
    for rule in submission.rules:
        yield _page("submit", rule, "submission rule", "submission rules")
    place = (event.venue.name, event.venue.address, event.venue.city) if event.venue else ()
    how = event.how_to_attend or MODE_WORDS[event.mode]
    yield _page("join", "How to attend", how, _JOINING, *place)


def _page(command: str, label: str, detail: str | None, *said: str | None) -> Listing:
    return Listing(Entry(command, label, detail or ""), (), (label,), (detail or "", *(one or "" for one in said)))


def _limit(form: SubmissionFormat) -> str:
    pages = f"up to {form.pages} pages" if form.pages else ""
    return f"submission format, {pages}" if pages else "submission format"
