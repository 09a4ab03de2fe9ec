"""Does a query with one typo find its poster among the 25 that autocomplete offers?

A query is what somebody types who remembers a poster: one to three of its words of four letters and more, from
the title or from the authors' names. A single word is the rarest one of the title, because nobody looks for a
poster by "learning"; two and three are drawn blindly. One letter of one word, the first one included, is left
out, doubled by another, replaced or swapped with the next. The same queries without the typo are the ceiling.
"""

from collections import Counter
from collections.abc import Sequence
from random import Random
from string import ascii_lowercase
from time import perf_counter

from bot.domain.folding import fold
from bot.domain.program import Poster
from bot.domain.search import Category, Index
from tests.benchmarks.events import Measured, delta, large
from tests.benchmarks.figures import Pace, Row, ms, p50, p99

GOAL = 0.90
SLOWEST = 0.002
QUERIES = 3000
_SHORTEST = 4


async def measure(pace: Pace) -> Sequence[Row]:
    with large() as event:
        return [*_on(event, pace.times(QUERIES)), *_on(delta(), pace.times(QUERIES))]


def _on(event: Measured, queries: int) -> Sequence[Row]:
    random = Random(7)
    index = Index.of(event.program)
    index.prepare()
    seen = Counter(word for poster in event.program.posters for word in set(fold(poster.title).split()))
    asked, found, ceiling = Counter[str](), Counter[str](), 0
    took = []
    for number in range(queries):
        poster = random.choice(event.program.posters)
        words = _remembered(poster, 1 + number % 3, seen, random)
        ceiling += _finds(index, poster, words)
        kind = ("deletion", "insertion", "substitution", "transposition")[number // 3 % 4]
        place = random.randrange(len(words))
        words[place] = _mistyped(words[place], kind, random)
        began = perf_counter()
        hit = _finds(index, poster, words)
        took.append(perf_counter() - began)
        for group in (kind, f"{len(words)} words", "all"):
            asked[group] += 1
            found[group] += hit
    recall = {group: found[group] / asked[group] for group in sorted(asked)}
    return [
        Row(
            "one-typo query finds its poster in 25",
            event.name,
            f">= {GOAL:.0%}",
            f"{recall['all']:.1%} (without the typo {ceiling / queries:.1%})",
            recall["all"] >= GOAL,
            {**recall, "ceiling": ceiling / queries},
        ),
        Row(
            "autocomplete in memory, with a typo",
            event.name,
            f"p99 <= {ms(SLOWEST)}",
            f"p50 {ms(p50(took))}, p99 {ms(p99(took))}",
            p99(took) <= SLOWEST,
            {"p50_ms": p50(took) * 1000, "p99_ms": p99(took) * 1000},
        ),
        _keystrokes(event, index, queries // 30, random),
    ]


def _keystrokes(event: Measured, index: Index, posters: int, random: Random) -> Row:
    """Titles typed letter by letter, correctly: what nearly all requests are."""
    took = []
    for _ in range(posters):
        title = random.choice(event.program.posters).title
        for letters in range(1, min(len(title), 40) + 1):
            began = perf_counter()
            index.suggest(Category.POSTERS, title[:letters])
            took.append(perf_counter() - began)
    return Row(
        "autocomplete in memory, letter by letter",
        event.name,
        f"p99 <= {ms(SLOWEST)}",
        f"p50 {ms(p50(took))}, p99 {ms(p99(took))}",
        p99(took) <= SLOWEST,
        {"p50_ms": p50(took) * 1000, "p99_ms": p99(took) * 1000},
    )


def _finds(index: Index, poster: Poster, words: Sequence[str]) -> bool:
    return any(hit.id == poster.id for hit in index.suggest(Category.POSTERS, " ".join(words)))


def _remembered(poster: Poster, number: int, seen: Counter[str], random: Random) -> list[str]:
    title = [word for word in fold(poster.title).split() if len(word) >= _SHORTEST]
    names = [word for name in poster.authors for word in fold(name).split() if len(word) >= _SHORTEST]
    if number == 1 or len(title) + len(names) < number:
        return [min(title or names, key=lambda word: seen[word])]
    return random.sample(title + names, number)


def _mistyped(word: str, kind: str, random: Random) -> str:
    place = random.randrange(len(word))
    head, tail = word[:place], word[place:]
    match kind:
        case "deletion":
            return head + tail[1:]
        case "insertion":
            return head + random.choice(ascii_lowercase) + tail
        case "substitution":
            return head + random.choice([letter for letter in ascii_lowercase if letter != tail[0]]) + tail[1:]
        case _:
            swaps = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
            at = random.choice(swaps) if swaps else 0
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
