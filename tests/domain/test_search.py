"""Search: what people type, and what they are offered."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.call import Deadline, DeadlineKind, Submission, SubmissionFormat, Topic
from bot.domain.event import Event, FaqEntry, JoinLink, Mode, RelatedWorkshop, Room, Texts
from bot.domain.people import Group
from bot.domain.program import Organizer, Poster, Program, Speaker
from bot.domain.search import Category, Entry, Found, Hit, Index, Rank
from bot.domain.sessions import Kind, Session, Talk

DAY = date(2025, 4, 28)
NINE = datetime(2025, 4, 28, 16, 0, tzinfo=UTC)


def session(number: int, title: str, *kinds: Kind, talks: tuple[Talk, ...] = ()) -> Session:
    start = NINE + timedelta(hours=number)
    return Session(f"s{number}", title, kinds, start, start + timedelta(minutes=40), "hall", talks=talks)


def speaker(id: str, name: str, *aliases: str, confirmed: bool = True, affiliation: str = "Lab") -> Speaker:
    return Speaker(id, name, confirmed, name.split()[-1], affiliation=affiliation, aliases=aliases)


POSTERS = (
    Poster("aB1", "Schrödinger Bridges for Translation", ("Ana Müller", "Kim Lee", "Jo Wu"), ("t1",), board="A-1"),
    Poster("p2", "Flow Matching with Reversible Solvers", ("Łukasz Gauß",), ("t2",), board="A-2"),
    Poster("p3", "Low-Rank Flow Matching", ("Ana Müller", "Siobhán O'Brien"), ("t2",), board="B-1"),
    Poster("p4", "Pre-training β-VAE", ("Wei Song",), ("t1",), board="12"),
    Poster("p5", "Diffusion", ("Li Na",), (), board="12"),
    Poster("p6", "Diffusion Distillation", ("Li Na",), ()),
    Poster("p7", "Same Title", ("Li Na",), ()),
    Poster("p8", "Same Title", ("Mia Na",), ()),
)
PROGRAM = Program(
    event=Event("e", "Event", "E", "America/Vancouver", DAY, DAY, rooms=(Room("hall", "Hall 2"),)),
    sessions=(
        session(0, "Opening Remarks", Kind.OPENING),
        session(1, "Invited Talk 1", Kind.INVITED_TALK, talks=(Talk("k1", "Safe Agents", ("dawn",)), Talk("k2"))),
        session(2, "Posters and Coffee", Kind.POSTER, Kind.BREAK),
        session(3, "Invited Talk 2", Kind.INVITED_TALK, talks=(Talk("k3", None, ("yang",)),)),
        session(4, "Posters and Coffee", Kind.POSTER, Kind.BREAK),
    ),
    speakers=(
        speaker("valentin", "Valentin De Bortoli"),
        speaker("dawn", "Dawn Song", affiliation="Berkeley"),
        speaker("yang", "Yang Song", "Y. Song", confirmed=False),
    ),
    organizers=(Organizer("ye", "Ye Yuan", "Yuan", duty="Programme chair"),),
    deadlines=(Deadline("d1", "Paper submission", DeadlineKind.SUBMISSION, datetime(2025, 2, 2, 11, 59, tzinfo=UTC)),),
    topics=(Topic("t1", "Diffusion models", "Diffusion", "Theory"), Topic("t2", "Flow models", "Flows", "Algorithms")),
    posters=POSTERS,
    texts=Texts(
        faq=(FaqEntry("How large may a poster be?", "A0, portrait."),),
        related=(RelatedWorkshop("Score-Based Methods", "NeurIPS 2022"),),
    ),
)  # fmt: skip
INDEX = Index.of(PROGRAM)


def ids(found: Sequence[Hit | Entry]) -> list[str]:
    return [one.id for one in found]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Category.SPEAKERS, "", ["valentin", "dawn", "yang"]),
        (Category.SPEAKERS, "!?", ["valentin", "dawn", "yang"]),
        (Category.SPEAKERS, "song", ["dawn", "yang"]),
        (Category.SPEAKERS, "SONG d", ["dawn"]),
        (Category.SPEAKERS, "bort", ["valentin"]),
        (Category.SPEAKERS, "y. song", ["yang"]),
        (Category.SPEAKERS, "berkeley", ["dawn"]),
        (Category.SPEAKERS, "qqqqqq", []),
        (Category.POSTERS, "schrod", ["aB1"]),
        (Category.POSTERS, "muller", ["aB1", "p3"]),
        (Category.POSTERS, "matching", ["p2", "p3"]),
        (Category.POSTERS, "matching ana", ["p3"]),
        (Category.POSTERS, "pretraining", ["p4"]),
        (Category.POSTERS, "beta vae", ["p4"]),
        (Category.POSTERS, "obrien", ["p3"]),
        (Category.POSTERS, "gauss", ["p2"]),
        (Category.POSTERS, "a-2", ["p2"]),
        (Category.POSTERS, "board 12", ["p4", "p5"]),
        (Category.POSTERS, "ab1", ["aB1"]),
        (Category.POSTERS, "diffusion", ["p5", "p6", "aB1", "p4"]),
        (Category.POSTERS, "the flow of", ["p2", "p3"]),
        (Category.SESSIONS, "poster", ["s2", "s4"]),
        (Category.SESSIONS, "break", ["s2", "s4"]),
        (Category.SESSIONS, "poster session", ["s2", "s4"]),
        (Category.SESSIONS, "dawn", ["s1"]),
        (Category.SESSIONS, "invited talk", ["s1", "s3"]),
        (Category.TOPICS, "flows", ["t2"]),
    ],
)
def test_suggest(kind: Category, text: str, expected: list[str]) -> None:
    assert ids(INDEX.suggest(kind, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shcrodinger", ["aB1"]),
        ("chrodinger", ["aB1"]),
        ("xschrodinger", ["aB1"]),
        ("schrodimger", ["aB1"]),
        ("schrodingr", ["aB1"]),
        ("scrod", ["aB1"]),
        ("Schroedinger bridge", ["aB1"]),
        ("shcr bridges", ["aB1"]),
        ("reversibel solv", ["p2"]),
        ("flow rversible", ["p2"]),
        ("lukazs", ["p2"]),
        ("bortolli", []),
        ("low matching rank", ["p3"]),
        ("flow matching xyzzy", ["p2", "p3"]),
    ],
)
def test_suggest_with_a_typo(text: str, expected: list[str]) -> None:
    assert ids(INDEX.suggest(Category.POSTERS, text)) == expected


def test_suggest_stops_at_its_limit() -> None:
    assert ids(INDEX.suggest(Category.POSTERS, "", limit=2)) == ["aB1", "p2"]
    assert ids(INDEX.suggest(Category.POSTERS, "d", limit=1)) == ["p5"]


@pytest.mark.parametrize(
    ("kind", "text", "exact", "candidates"),
    [
        (Category.SPEAKERS, "dawn", "dawn", ["dawn"]),
        (Category.SPEAKERS, "Yang Song", "yang", ["yang"]),
        (Category.SPEAKERS, "song", None, ["dawn", "yang"]),
        (Category.SPEAKERS, "Dwan Song", None, ["dawn"]),
        (Category.SPEAKERS, "Dwan Sung", None, ["dawn"]),
        (Category.POSTERS, "p2", "p2", ["p2"]),
        (Category.POSTERS, "b1", "p3", ["p3"]),
        (Category.POSTERS, "12", None, ["p4", "p5"]),
        (Category.POSTERS, "same title", None, ["p7", "p8"]),
        (Category.POSTERS, "diffusion", "p5", ["p5"]),
        (Category.POSTERS, "bridges kim lee", None, ["aB1"]),
        (Category.POSTERS, "o'brien siobhan", None, ["p3"]),
        (Category.POSTERS, "board 12 song", None, ["p4"]),
        (Category.SESSIONS, "dawn safe agents hall", None, ["s1"]),
        (Category.SPEAKERS, "song berkeley", None, ["dawn"]),
        (Category.SESSIONS, "Posters and Coffee", None, ["s2", "s4"]),
        (Category.TOPICS, "diffusion", "t1", ["t1"]),
        (Category.TOPICS, "", None, []),
    ],
)
def test_find(kind: Category, text: str, exact: str | None, candidates: list[str]) -> None:
    found = INDEX.find(kind, text)
    assert (found.exact.id if found.exact else None, ids(found.candidates)) == (exact, candidates)
    assert found.nearest == ()


@pytest.mark.parametrize(
    ("kind", "text", "nearest"),
    [
        (Category.SPEAKERS, "bortely", ["valentin"]),
        (Category.POSTERS, "schroddingger", ["aB1"]),
        (Category.POSTERS, "reversible aardvarks", ["p2"]),
        (Category.SPEAKERS, "dawn bortoli", ["valentin"]),
        (Category.SPEAKERS, "0000", []),
        (Category.POSTERS, "kim müller", ["aB1"]),
        (Category.POSTERS, "kim diffusion", ["aB1"]),
        (Category.POSTERS, "siobhán müler", ["p3"]),
        (Category.POSTERS, "¼", []),
        (Category.POSTERS, "<script>", []),
        (Category.POSTERS, "1 2 3 4", []),
        (Category.POSTERS, "ﬀ", []),
        (Category.POSTERS, "$\\mathbb{R}^3$", []),
    ],
)
def test_find_offers_the_nearest(kind: Category, text: str, nearest: list[str]) -> None:
    found = INDEX.find(kind, text)
    assert (found.exact, found.candidates, ids(found.nearest)[:1]) == (None, (), nearest)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [poster.id for poster in POSTERS]),
        ("na", ["p5", "p6", "p7", "p8"]),
        ("diffusion", ["p5", "p6", "aB1", "p4"]),
        ("diffusion li", ["p5", "p6"]),
        ("low matching", ["p3"]),
        ("difusion", ["p5", "p6", "aB1", "p4"]),
        ("diffusion xyzzy", []),
    ],
)
def test_matching_holds_every_word(text: str, found: list[str]) -> None:
    assert INDEX.matching(Category.POSTERS, text) == found


def test_matching_has_no_limit() -> None:
    many = Index.of(Program(PROGRAM.event, posters=tuple(Poster(f"p{n}", f"Learning {n}", ()) for n in range(3000))))
    assert len(many.matching(Category.POSTERS, "learn")) == 3000
    assert len(many.matching(Category.POSTERS, "laerning")) == 3000


def test_only_is_a_sole_candidate() -> None:
    hit = Hit(Category.TOPICS, "t", "T", "", Rank.WORDS)
    found = (Found(hit), Found(None, (hit,)), Found(None, (hit, hit)), Found())
    assert [each.only for each in found] == [hit, hit, None, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("dawn", {"sessions": ["s1"], "talks": ["k1"], "speakers": ["dawn"]}),
        ("agnets", {"sessions": ["s1"], "talks": ["k1"]}),
        ("how big may my poster be", {"faq": ["0"]}),
        ("submission", {"deadlines": ["d1"]}),
        ("neurips", {"related": ["0"]}),
        ("hall", {"sessions": ["s0", "s1", "s2", "s3", "s4"], "rooms": ["hall"]}),
        ("chair", {"organizers": ["ye"]}),
        ("flow", {"posters": ["p2", "p3"], "topics": ["t2"]}),
        ("qqqqqq", {}),
    ],
)
def test_search(text: str, expected: dict[str, list[str]]) -> None:
    assert {kind.value: ids(hits) for kind, hits in INDEX.search(text).items()} == expected


@pytest.mark.parametrize("text", ["diffusion|flow", "diffusion flow", "diffusion, flow"])
def test_search_finds_the_posters_that_matching_finds(text: str) -> None:
    topic = Topic("t1", "Flow and diffusion", "Flow", "Theory")
    mistyped = Poster("p1", "Diffusion of Low Rank", ("Li Na",))
    index = Index.of(Program(PROGRAM.event, topics=(topic,), posters=(mistyped,)))
    assert {kind: ids(hits) for kind, hits in index.search(text).items()} == {
        Category.POSTERS: index.matching(Category.POSTERS, text),
        Category.TOPICS: ["t1"],
    }


PLACES = JoinLink("Secret tower", "https://hidden.example/cave", Group.PUBLIC)
INFORMED = Index.of(
    Program(
        replace(PROGRAM.event, mode=Mode.HYBRID, how_to_attend="Come in.", joining=(PLACES,), audience="Students"),
        posters=(Poster("p1", "CoDe: Blockwise Control", ("Harald Sment",)),),
        submission=Submission("https://portal.example", (SubmissionFormat("short", "Short paper", 4),), ("One PDF.",)),
        texts=Texts(conduct="Be kind.", diversity="Many people.", materials_policy="Open to all."),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code of conduct", ["conduct"]),
        ("harassment", ["conduct"]),
        ("kind", ["conduct"]),
        ("diversity", ["about"]),
        ("diversity commitment", ["about"]),
        ("materials policy", ["materials"]),
        ("short paper", ["submit"]),
        ("PDF", ["submit"]),
        ("submission format", ["submit"]),
        ("how to join", ["join"]),
        ("livestream", ["join"]),
        ("zoom", ["join"]),
        ("online", ["join"]),
    ],
)
def test_search_finds_what_the_event_says_beside_its_programme(text: str, expected: list[str]) -> None:
    assert {kind: ids(hits) for kind, hits in INFORMED.search(text).items()} == {Category.INFORMATION: expected}


@pytest.mark.parametrize("text", ["secret", "tower", "secret tower", "hidden", "cave", "https://hidden.example/cave"])
def test_search_never_leads_to_a_joining_link(text: str) -> None:
    assert INFORMED.search(text) == {}


def test_search_finds_the_event_by_what_it_says_of_itself() -> None:
    assert list(INFORMED.search("students")) == [Category.EVENT]


def test_a_talk_knows_its_session() -> None:
    assert INDEX.search("safe agents")[Category.TALKS] == (
        Hit(Category.TALKS, "k1", "Safe Agents", "Dawn Song, Mon 28 Apr, 10:00–10:40 venue time", Rank.EXACT, "s1"),
    )


@pytest.mark.parametrize(
    ("kind", "id", "detail"),
    [
        (Category.SESSIONS, "s2", "Mon 28 Apr, 11:00–11:40 venue time, Hall 2"),
        (Category.SPEAKERS, "yang", "Lab, invited, not confirmed yet"),
        (Category.POSTERS, "aB1", "board A-1, Ana Müller et al."),
        (Category.POSTERS, "p3", "board B-1, Ana Müller and Siobhán O'Brien"),
        (Category.DEADLINES, "d1", "Sat 1 Feb 2025, 23:59 AoE"),
    ],
)
def test_detail(kind: Category, id: str, detail: str) -> None:
    found = INDEX.find(kind, id).exact
    assert found is not None
    assert found.detail == detail


def test_an_empty_programme_has_nothing_to_offer() -> None:
    empty = Index.of(Program(PROGRAM.event))
    assert empty.suggest(Category.POSTERS, "x") == []
    assert empty.find(Category.POSTERS, "x") == Found()
    assert empty.search("x") == {}


@given(st.text(max_size=600) | st.text(alphabet="abdfilnosu -'", max_size=60), st.sampled_from(Category))
def test_no_text_raises(text: str, kind: Category) -> None:
    known = {hit.id for hit in INDEX.suggest(kind, "", limit=100)}
    assert {hit.id for hit in INDEX.suggest(kind, text)} <= known
    found = INDEX.find(kind, text)
    assert {hit.id for hit in (*found.candidates, *found.nearest)} <= known
    assert all(len(hits) <= 5 for hits in INDEX.search(text).values())


@pytest.mark.parametrize("text", ["a" * 100_000, "ab " * 50_000, "\ud800" * 500, "ﷺ" * 5_000, "\0" * 500])
def test_a_pasted_page_is_harmless(text: str) -> None:
    found = INDEX.find(Category.POSTERS, text)
    assert found.exact is None
    assert len(INDEX.suggest(Category.POSTERS, text)) <= 25
    assert all(len(hits) <= 5 for hits in INDEX.search(text).values())


LONG_WORDS = [
    (poster.id, word) for poster in POSTERS for word in poster.title.split() if len(word) >= 7 and word.isascii()
]


@given(st.sampled_from(LONG_WORDS), st.data())
def test_any_one_typo_in_a_long_word_still_finds_the_poster(wanted: tuple[str, str], data: st.DataObject) -> None:
    poster, word = wanted
    place = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    head, tail = word[:place], word[place:]
    mistyped = (head + tail[1:], head + letter + tail, head + letter + tail[1:], head + tail[1] + tail[0] + tail[2:])
    assert poster in ids(INDEX.suggest(Category.POSTERS, data.draw(st.sampled_from(mistyped))))
